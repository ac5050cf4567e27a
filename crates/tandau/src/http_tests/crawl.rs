//! From the front desk every link leads somewhere: nobody is shown a door that stays closed.

use super::walk::Walk;
use crate::commissions::Office;
use crate::commissions::tests::Browser;
use std::collections::BTreeSet;

/// Local addresses that a page links to, without query and fragment of other languages.
fn links(page: &str) -> Vec<String> {
    page.split("href=\"/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|path| format!("/{}", path.split('#').next().unwrap_or_default()))
        .map(|path| path.replace("&amp;", "&").replace("&#38;", "&"))
        .filter(|path| !path.contains("lang=") && !path.starts_with("/static/"))
        .collect()
}

/// Follows links from the desk over all pages of the office, and looks at every page that these lead to.
async fn crawl(browser: &Browser<'_>, who: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec!["/office".to_owned()];
    let mut wrong = Vec::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let (status, page) = browser.get(&path).await;
        if !(status.is_success() || status.is_redirection()) {
            wrong.push(format!("{who}: {path} answers {status}"));
            continue;
        }
        if path.starts_with("/office") || path.starts_with("/elections") {
            waiting.extend(links(&page));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    seen
}

/// Offices that have work with an election.
const RUN_ELECTIONS: [&str; 6] = [
    "central.chair",
    "central.secretary",
    "region.chair",
    "district.chair",
    "district.deputy",
    "district.secretary",
];

#[tokio::test]
async fn every_link_of_every_office_leads_somewhere() {
    let walk = Walk::new().await;
    let chain = &walk.chain;
    let mut offices = Vec::new();
    for (level, commission) in [
        ("central", &chain.central),
        ("region", &chain.region),
        ("district", &chain.aktogay),
        ("neighbour", &chain.osakarov),
        ("precinct", &walk.precinct),
    ] {
        for office in Office::ALL {
            let who = format!("{level}.{}", office.as_str());
            offices.push((who, walk.browser(commission, office).await));
        }
    }
    let browser = |who: &str| &offices.iter().find(|(name, _)| name == who).unwrap().1;
    let central = browser("central.secretary");
    let district = browser("district.secretary");
    let region = browser("region.secretary");
    let neighbour = browser("neighbour.secretary");
    walk.call(central, region, district, neighbour).await;
    crawl_all(&offices).await;
    walk.campaign(central, district).await;
    crawl_all(&offices).await;
}

async fn crawl_all(offices: &[(String, Browser<'_>)]) {
    let manage = "/office/elections/akim-2023";
    let candidates = "/office/contests/akim-2023.353600000/candidates";
    for (who, browser) in offices {
        let seen = crawl(browser, who).await;
        if RUN_ELECTIONS.contains(&who.as_str()) {
            assert!(seen.contains(manage), "{who} reaches the election");
            assert!(seen.contains(candidates), "{who} reaches candidates");
        }
        if who.starts_with("precinct") {
            assert!(!seen.contains(manage), "{who} has no work with it");
        }
    }
}
