//! Compares rows with the law, the routes and the sources.

use super::law;
use super::table::Row;
use std::collections::BTreeSet;

/// Everything that is not as the table says; empty means that the table is true.
pub fn check(
    rows: &[Row],
    routes: &[&str],
    required: &BTreeSet<String>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut problems = Vec::new();
    for row in rows {
        let found = [
            articles_and_rules(row, read),
            pages(row, routes),
            tests(row, read),
        ];
        problems.extend(
            found
                .into_iter()
                .flatten()
                .map(|p| format!("line {}: {p}", row.line)),
        );
    }
    let told: BTreeSet<&String> = rows.iter().flat_map(|row| &row.articles).collect();
    problems.extend(
        required
            .iter()
            .filter(|article| !told.contains(article))
            .map(|article| format!("no row for {article}")),
    );
    problems
}

/// Keys of a file that no row names.
pub fn unnamed(rows: &[Row], file: &str, keys: &[String]) -> Vec<String> {
    let named: BTreeSet<&String> = rows.iter().flat_map(|row| &row.rules).collect();
    keys.iter()
        .map(|key| format!("{file}#{key}"))
        .filter(|rule| !named.contains(rule))
        .map(|rule| format!("no row names {rule}"))
        .collect()
}

fn articles_and_rules(row: &Row, read: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut problems = Vec::new();
    let mut named = BTreeSet::new();
    for rule in &row.rules {
        let articles = rule
            .split_once('#')
            .and_then(|(file, key)| law::articles_at(&read(file)?, key));
        match articles {
            None => problems.push(format!("no such key: {rule}")),
            Some(articles) => {
                if !row.articles.iter().any(|a| articles.contains(a)) {
                    problems.push(format!(
                        "{rule} names {articles:?}, none of {:?}",
                        row.articles
                    ));
                }
                named.extend(articles);
            }
        }
    }
    for article in row.articles.iter().filter(|a| !named.contains(*a)) {
        problems.push(format!("{article} stands at none of {:?}", row.rules));
    }
    problems
}

fn pages(row: &Row, routes: &[&str]) -> Vec<String> {
    if row.pages.is_empty() {
        return vec!["no page".to_owned()];
    }
    row.pages
        .iter()
        .filter(|page| !routes.contains(&page.as_str()))
        .map(|page| format!("no such route: {page}"))
        .collect()
}

fn tests(row: &Row, read: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    if row.tests.is_empty() {
        return vec!["no test".to_owned()];
    }
    row.tests
        .iter()
        .filter(|test| {
            !test.split_once("::").is_some_and(|(file, name)| {
                read(file).is_some_and(|source| has_test(&source, name))
            })
        })
        .map(|test| format!("no such test: {test}"))
        .collect()
}

/// A function of that name under a test attribute (a few lines may stand between).
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let head = format!("fn {name}(");
    lines.iter().enumerate().any(|(at, line)| {
        let is_head = line
            .strip_prefix("async ")
            .unwrap_or(line)
            .starts_with(&head);
        is_head
            && lines
                .iter()
                .take(at)
                .rev()
                .take_while(|above| above.starts_with("#[") || above.starts_with("//"))
                .any(|above| above.starts_with("#[test") || above.starts_with("#[tokio::test"))
    })
}
