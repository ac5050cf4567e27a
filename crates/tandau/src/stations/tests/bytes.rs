//! Whatever a file of stations holds, it is taken or refused.

use super::*;
use proptest::prelude::*;

#[test]
fn any_bytes_are_stations_or_a_refusal() {
    const HEAD: &str = "number,region_code,district_code,name_kk,name_ru,name_en,address_kk,address_ru,address_en,latitude,longitude,capacity,voters_on_list,special,step_free,valid_from";
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let chain = runtime.block_on(Chain::new());
    let honest = [
        "1",
        "350000000",
        "353600000",
        "а",
        "а",
        "a",
        "б",
        "б",
        "b",
        "46.1",
        "73.6",
        "80",
        "600",
        "",
        "yes",
        "2023-01-01",
    ];
    let cell = prop_oneof![
        4 => Just(None),
        1 => "\\PC{0,12}".prop_map(Some),
        1 => prop::sample::select(vec!["-1", "99999999999999999999", "1e9", "\"", "\n", "\u{0}", "0", "9999-12-31"])
            .prop_map(|text| Some(text.to_owned())),
    ];
    let row = prop::collection::vec(cell, honest.len()).prop_map(move |cells| {
        let cells: Vec<String> = cells
            .into_iter()
            .zip(honest)
            .map(|(odd, honest)| odd.unwrap_or_else(|| honest.to_owned()))
            .collect();
        cells.join(",")
    });
    let rows = prop::collection::vec(row, 0..4)
        .prop_map(|rows| format!("{HEAD}\n{}\n", rows.join("\n")).into_bytes());
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(&prop_oneof![any::<Vec<u8>>(), rows], |bytes| {
            let taken = runtime.block_on(import_csv(&chain.place.operator(), &bytes, true));
            prop_assert!(matches!(taken, Ok(_) | Err(Error::Invalid(_))), "{taken:?}");
            Ok(())
        })
        .unwrap();
}
