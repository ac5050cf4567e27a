use super::*;

#[test]
fn every_built_in_pack_is_sound() {
    for (id, _) in BUILT_IN {
        let pack = built_in(id)
            .unwrap()
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(pack.id, *id);
    }
}
