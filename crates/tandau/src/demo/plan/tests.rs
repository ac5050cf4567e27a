use super::*;
#[test]
fn smoke() {
    let t = std::time::Instant::now();
    let p = build(&Sources::embedded()).unwrap();
    println!(
        "{:?} stations {} people {} comm {} cand {} events {}",
        t.elapsed(),
        p.stations.len(),
        p.people.len(),
        p.commissions.len(),
        p.candidates.len(),
        p.events.len()
    );
    for c in &p.contests {
        println!(
            "{} {} st {} list {} rec {} {:.2}% ballot {}",
            c.no,
            c.area,
            c.stations.len(),
            c.voters_on_lists,
            c.received_ballots,
            100.0 * f64::from(c.received_ballots) / f64::from(c.voters_on_lists),
            c.ballot.len()
        );
    }
}
