//! Reads the rows of the table: `| article | rule | page | test |`, references in backticks.

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: usize,
    /// Articles as `L 43(5)`: L the law on elections, G the law on self-government, C the Constitution.
    pub articles: Vec<String>,
    /// `file#key`, the file in `rules/kz/` or `policies/`.
    pub rules: Vec<String>,
    /// Route patterns.
    pub pages: Vec<String>,
    /// `file::function`.
    pub tests: Vec<String>,
}

/// Every row of four cells, headings and rules of the table left out.
pub fn parse(text: &str) -> Vec<Row> {
    text.lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
            let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
            let [articles, rules, pages, tests] = cells.as_slice() else {
                return None;
            };
            let heading = *articles == "Article" || articles.starts_with("--");
            (!heading).then(|| Row {
                line: index + 1,
                articles: articles.split(", ").map(str::to_owned).collect(),
                rules: quoted(rules),
                pages: quoted(pages),
                tests: quoted(tests),
            })
        })
        .collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}
