//! From the front desk every link leads somewhere: nobody is shown a door that stays closed.

use super::walk::Walk;
use crate::commissions::Office;
use crate::commissions::tests::Browser;
use std::collections::{BTreeMap, BTreeSet};

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

/// Addresses of one page with different queries that are looked at.
const VARIANTS: usize = 3;

/// Follows links from the desk over all pages of the office and those that lead back into it, and looks at
/// every other page that these lead to; `public` are such pages that opened before.
async fn crawl(
    browser: &Browser<'_>,
    who: &str,
    public: &mut BTreeSet<String>,
) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut variants: BTreeMap<String, usize> = BTreeMap::new();
    let mut waiting = vec!["/office".to_owned()];
    let mut wrong = Vec::new();
    while let Some(path) = waiting.pop() {
        if public.contains(&path) || !seen.insert(path.clone()) {
            continue;
        }
        let page = path.split('?').next().unwrap_or_default().to_owned();
        let looked_at = variants.entry(page.clone()).or_default();
        *looked_at += 1;
        if *looked_at > VARIANTS {
            continue;
        }
        let (status, text) = browser.get(&path).await;
        if !(status.is_success() || status.is_redirection()) {
            wrong.push(format!("{who}: {path} answers {status}"));
        } else if leads_into_the_office(&page) {
            waiting.extend(links(&text));
        } else {
            public.insert(path);
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    seen
}

/// Pages that show different links to different offices.
fn leads_into_the_office(page: &str) -> bool {
    page.starts_with("/office")
        || page == "/elections/akim-2023"
        || page.starts_with("/elections/akim-2023/contests/")
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
    let mut public = BTreeSet::new();
    for (who, browser) in offices {
        let seen = crawl(browser, who, &mut public).await;
        if RUN_ELECTIONS.contains(&who.as_str()) {
            assert!(seen.contains(manage), "{who} reaches the election");
            assert!(seen.contains(candidates), "{who} reaches candidates");
        }
        if who.starts_with("precinct") {
            assert!(!seen.contains(manage), "{who} has no work with it");
        }
    }
}
