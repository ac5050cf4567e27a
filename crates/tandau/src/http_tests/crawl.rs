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

#[tokio::test]
async fn every_link_of_every_office_leads_somewhere() {
    let walk = Walk::new().await;
    let chain = &walk.chain;
    let central = walk.browser(&chain.central, Office::Secretary).await;
    let district = walk.browser(&chain.aktogay, Office::Secretary).await;
    walk.call(&central, &district).await;
    let manage = "/office/elections/akim-2023".to_owned();
    let candidates = "/office/contests/akim-2023.353600000/candidates".to_owned();
    for (level, commission) in [
        ("central", &chain.central),
        ("region", &chain.region),
        ("district", &chain.aktogay),
        ("neighbour", &chain.osakarov),
        ("precinct", &walk.precinct),
    ] {
        for office in Office::ALL {
            let who = format!("{level}.{}", office.as_str());
            let holder = chain.holder(commission, office).await;
            let held = match (level, office) {
                // These have an account from the walk.
                ("central", Office::Secretary) => None,
                ("district" | "neighbour", Office::Secretary) => None,
                ("region", Office::Secretary) => None,
                _ => Some(Browser::signed_in(&chain.place, holder.person()).await),
            };
            let browser = match (&held, level) {
                (Some(browser), _) => browser,
                (None, "central") => &central,
                (None, "district") => &district,
                (None, _) => continue,
            };
            let seen = crawl(browser, &who).await;
            let runs = matches!(
                who.as_str(),
                "central.chair"
                    | "central.secretary"
                    | "region.chair"
                    | "district.chair"
                    | "district.secretary"
                    | "district.deputy"
            );
            if runs {
                assert!(
                    seen.contains(&manage),
                    "{who} reaches the election: {seen:?}"
                );
                assert!(seen.contains(&candidates), "{who} reaches candidates");
            }
            if level == "precinct" {
                assert!(!seen.contains(&manage), "{who} has no work with it");
            }
        }
    }
}
