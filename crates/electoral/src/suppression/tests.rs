use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn the_built_in_threshold_is_five() {
    let rules = Publication::built_in().unwrap();
    assert_eq!(rules.smallest_group.value, 5);
    assert_eq!(rules.fewest_places.value, 3);
    let places = "fewest_places = { value = 3, article = \"\", confidence = \"gap\" }";
    let text = |value: &str| format!("id = \"x\"\n{places}\nsmallest_group = {{ {value} }}");
    let faulty = |value: &str| Publication::parse(&text(value)).unwrap_err();
    assert_eq!(
        faulty("value = 2, article = \"1\", confidence = \"sourced\""),
        PublicationError::Range
    );
    assert_eq!(
        faulty("value = 5, article = \"\", confidence = \"sourced\""),
        PublicationError::NoArticle
    );
    assert!(matches!(faulty("value = 5"), PublicationError::Syntax(_)));
}

/// Everything somebody may think possible who has the shown figures: for each cell the values that it can have.
/// Figures of the lowest rows go up to `most`; hidden ones are at least 1.
fn possible(table: &Table, shown: &Shown, most: u64) -> Vec<BTreeSet<u64>> {
    let wide = table.columns + 1;
    let leaves: Vec<(usize, usize)> = (0..table.rows())
        .filter(|row| table.leaf[*row])
        .flat_map(|row| (1..wide).map(move |column| (row, column)))
        .collect();
    let mut found = vec![BTreeSet::new(); table.cells.len()];
    let mut rows: Vec<(Option<usize>, Vec<u64>)> = table
        .parents
        .iter()
        .map(|parent| (*parent, vec![0; table.columns]))
        .collect();
    fill(table, shown, most, &leaves, &mut rows, &mut found);
    found
}

fn fill(
    table: &Table,
    shown: &Shown,
    most: u64,
    leaves: &[(usize, usize)],
    rows: &mut Vec<(Option<usize>, Vec<u64>)>,
    found: &mut [BTreeSet<u64>],
) {
    let Some(((row, column), rest)) = leaves.split_first() else {
        let other = Table::new(rows).unwrap();
        let wide = table.columns + 1;
        let fits = (0..table.cells.len()).all(|cell| {
            if shown.is(cell / wide, cell % wide) {
                other.cells[cell] == table.cells[cell]
            } else {
                other.cells[cell] > 0
            }
        });
        if fits {
            for (cell, value) in other.cells.iter().enumerate() {
                found[cell].insert(*value);
            }
        }
        return;
    };
    let values = if shown.is(*row, *column) {
        let own = table.figure(*row, *column);
        own..=own
    } else {
        1..=most
    };
    for value in values {
        rows[*row].1[*column - 1] = value;
        fill(table, shown, most, rest, rows, found);
    }
}

/// Checks a table against the attacker; says what they learned.
fn learned(table: &Table, k: u64, most: u64) -> Result<(), String> {
    let shown = decide(table, k, &[]);
    let known = possible(table, &shown, most);
    let wide = table.columns + 1;
    for (cell, values) in known.iter().enumerate() {
        let (row, column) = (cell / wide, cell % wide);
        let value = table.cells[cell];
        let small = (1..k).contains(&value);
        if small && shown.is(row, column) {
            return Err(format!("{value} is shown in {table:?}"));
        }
        if shown.is(row, column) {
            continue;
        }
        if value == 0 {
            return Err(format!("a nought is hidden in {table:?}"));
        }
        let (Some(low), Some(high)) = (values.first(), values.last()) else {
            return Err(format!("nothing is possible in {table:?}"));
        };
        let needed = if small { least_width(k) } else { 1 };
        if high - low < needed {
            return Err(format!(
                "({row},{column}) is {low}..{high} in {table:?} {shown:?}"
            ));
        }
    }
    Ok(())
}

#[test]
fn nobody_learns_a_small_figure_of_any_plain_table_of_two_by_two() {
    let k = 4;
    let values = [0, 1, 2, 3, 4, 6];
    for code in 0..6_usize.pow(4) {
        let digit = |place: u32| values[code / 6_usize.pow(place) % 6];
        let table = Table::flat(&[vec![digit(0), digit(1)], vec![digit(2), digit(3)]]).unwrap();
        learned(&table, k, 9).unwrap();
    }
}

#[test]
fn nobody_learns_a_small_figure_of_any_two_levels() {
    // A country with a region of two districts and a region of one, one column and its total.
    let k = 3;
    for code in 0..6_u64.pow(3) {
        let digit = |place: u32| code / 6_u64.pow(place) % 6;
        let table = Table::new(&[
            (None, vec![0]),
            (Some(0), vec![0]),
            (Some(0), vec![0]),
            (Some(1), vec![digit(0)]),
            (Some(1), vec![digit(1)]),
            (Some(2), vec![digit(2)]),
        ])
        .unwrap();
        learned(&table, k, 16).unwrap();
    }
}

#[test]
fn a_small_figure_takes_a_partner_along_in_its_row_and_column() {
    let table = Table::flat(&[vec![3, 20, 30], vec![40, 9, 60], vec![70, 80, 90]]).unwrap();
    let shown = decide(&table, 5, &[]);
    assert!(!shown.is(1, 1));
    assert_eq!(shown.hidden(), 4, "{shown:?}");
    assert!((0..=3).all(|row| shown.is(row, 0)), "totals stay");
    assert!((0..=3).all(|column| shown.is(0, column)));
}

#[test]
fn a_table_of_large_figures_hides_nothing() {
    let table = Table::flat(&[vec![5, 0], vec![0, 5]]).unwrap();
    assert_eq!(decide(&table, 5, &[]).hidden(), 0);
    let alone = Table::new(&[(None, vec![2, 1])]).unwrap();
    let shown = decide(&alone, 5, &[]);
    assert_eq!(shown.hidden(), 3, "with a total of three nothing is left");
}

#[test]
fn what_changed_by_too_few_is_hidden_with_its_partners() {
    assert!(changed_too_little(13, 12, true, 5));
    assert!(!changed_too_little(12, 12, true, 5));
    assert!(changed_too_little(12, 12, false, 5), "it stays hidden");
    assert!(!changed_too_little(17, 12, true, 5));
    let table = Table::flat(&[vec![13, 20], vec![30, 40]]).unwrap();
    let shown = decide(&table, 5, &[(1, 1), (1, 1), (9, 9)]);
    assert!(!shown.is(1, 1));
    assert_eq!(shown.hidden(), 4);
    let noughts = Table::flat(&[vec![0, 20], vec![30, 40]]).unwrap();
    assert_eq!(decide(&noughts, 5, &[(1, 1)]).hidden(), 0);
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(Table::new(&[]), Err(TableError::Empty));
    assert_eq!(Table::flat(&[]), Err(TableError::Empty));
    assert_eq!(
        Table::new(&[(None, vec![1]), (None, vec![1])]),
        Err(TableError::Order(1))
    );
    assert_eq!(
        Table::new(&[(None, vec![1]), (Some(1), vec![1])]),
        Err(TableError::Order(1))
    );
    assert_eq!(
        Table::new(&[(None, vec![1]), (Some(0), vec![1, 2])]),
        Err(TableError::Columns(1))
    );
    assert_eq!(
        Table::new(&[(None, vec![u64::MAX, 1])]),
        Err(TableError::TooLarge)
    );
}

/// Rows of a tree of up to three levels.
fn tables() -> impl Strategy<Value = Table> {
    let figures = prop_oneof![3 => 0..9_u64, 1 => 0..200_u64];
    (1..5_usize, 1..4_usize, 1..4_usize).prop_flat_map(move |(columns, regions, districts)| {
        proptest::collection::vec(
            proptest::collection::vec(figures.clone(), columns),
            regions * districts,
        )
        .prop_map(move |leaves| {
            let mut rows = vec![(None, vec![0; columns])];
            rows.extend((0..regions).map(|_| (Some(0), vec![0; columns])));
            let below = leaves.into_iter().enumerate();
            rows.extend(below.map(|(at, figures)| (Some(1 + at / districts), figures)));
            Table::new(&rows).unwrap()
        })
    })
}

proptest! {
    /// For tables too large to try all of them: another table with the same shown figures exists for each hidden
    /// figure, made by the sums themselves and not by the network.
    #[test]
    fn every_hidden_figure_has_another_table_beside_it(table in tables()) {
        let k = 5;
        let shown = decide(&table, k, &[]);
        let wide = table.columns + 1;
        for cell in 0..table.cells.len() {
            let value = table.cells[cell];
            if (1..k).contains(&value) {
                prop_assert!(!shown.is(cell / wide, cell % wide));
            }
            if value == 0 {
                prop_assert!(shown.is(cell / wide, cell % wide));
            }
        }
        // No sum has exactly one hidden part: that part would follow at once.
        for row in 0..table.rows() {
            let hidden = (0..wide).filter(|column| !shown.is(row, *column)).count();
            prop_assert_ne!(hidden, 1, "row {} of {:?} {:?}", row, table, shown);
            let below: Vec<usize> = (0..table.rows())
                .filter(|r| table.parents[*r] == Some(row))
                .collect();
            if below.is_empty() {
                continue;
            }
            for column in 0..wide {
                let hidden = below
                    .iter()
                    .chain(std::iter::once(&row))
                    .filter(|r| !shown.is(**r, column))
                    .count();
                prop_assert_ne!(hidden, 1, "column {} under {} of {:?} {:?}", column, row, table, shown);
            }
        }
    }

    /// The answer is the same each time.
    #[test]
    fn the_answer_is_always_the_same(table in tables()) {
        prop_assert_eq!(decide(&table, 5, &[]), decide(&table, 5, &[]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Small tables against somebody who tries everything.
    #[test]
    fn nobody_learns_a_small_figure_of_small_tables(
        figures in proptest::collection::vec(proptest::collection::vec(0..7_u64, 3), 2),
    ) {
        let table = Table::flat(&figures).unwrap();
        prop_assert_eq!(learned(&table, 4, 8), Ok(()));
    }
}
