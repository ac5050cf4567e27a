use proptest::prelude::*;

use super::reference::{entries, entry, grow};
use super::tiles::TileSet;
use super::*;

fn hashes(level: u8, index: u64, width: u16) -> TileId {
    TileId::new(TileKind::Hashes { level }, index, width).unwrap()
}

#[test]
fn paths_as_the_specification_writes_them() {
    for (path, id) in [
        ("tile/0/x001/x234/067", hashes(0, 1_234_067, 256)),
        ("tile/0/x001/x234/067.p/9", hashes(0, 1_234_067, 9)),
        ("tile/2/000.p/1", hashes(2, 0, 1)),
        ("tile/1/x001/000", hashes(1, 1000, 256)),
        (
            "tile/entries/042.p/255",
            TileId::new(TileKind::Entries, 42, 255).unwrap(),
        ),
    ] {
        assert_eq!(id.to_string(), path);
        assert_eq!(path.parse(), Ok(id));
    }
}

#[test]
fn other_spellings_are_refused() {
    for path in [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/00/000",
        "tile/+0/000",
        "tile/8/000",
        "tile/63/000",
        "tile/256/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001/x002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/+1",
        "tile/0/000.p/",
        "tile/0/000.p/1/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/000 ",
        "tile/0/-01",
        "tile/0/x-01/000",
        "tile/0/../000",
        "tile/data/000",
        "tile/entries/xxx",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/7/x001/x000/000",
        "tile/0/٠٠٠",
    ] {
        assert!(path.parse::<TileId>().is_err(), "{path}");
    }
}

/// The example in the specification: 70,000 entries.
#[test]
fn tiles_of_seventy_thousand_entries() {
    let all: Vec<TileId> = TileId::all(70_000).collect();
    let of = |level| {
        let kind = TileKind::Hashes { level };
        all.iter().filter(move |id| id.kind() == kind)
    };
    assert_eq!(of(0).filter(|id| id.width() == 256).count(), 273);
    assert_eq!(of(0).next_back().unwrap().to_string(), "tile/0/273.p/112");
    assert_eq!(of(1).map(TileId::width).collect::<Vec<_>>(), [256, 17]);
    assert_eq!(of(2).map(TileId::width).collect::<Vec<_>>(), [1]);
    assert_eq!(of(3).count(), 0);
    assert_eq!(all.last().unwrap().to_string(), "tile/entries/273.p/112");
    assert!(all.iter().all(|id| id.exists_in(70_000)));
    assert!(!hashes(0, 273, 113).exists_in(70_000));
    assert!(!hashes(0, 273, 256).exists_in(70_000));
    assert!(
        hashes(0, 273, 1).exists_in(70_000),
        "an older, narrower tile"
    );
    assert_eq!(TileId::all(0).count(), 0);
    let small: Vec<String> = TileId::all(256).map(|id| id.to_string()).collect();
    assert_eq!(small, ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
}

#[test]
fn the_go_port_lists_the_same_tiles() {
    for size in [
        0, 1, 5, 255, 256, 257, 511, 65_535, 65_536, 70_000, 1_000_000,
    ] {
        let mut theirs: Vec<String> = tlog_tiles::Tile::new_tiles(8, 0, size)
            .iter()
            .map(|tile| tile.path().replace("tile/8/", "tile/"))
            .collect();
        let mut ours: Vec<String> = TileId::all(size)
            .filter(|id| id.kind() != TileKind::Entries)
            .map(|id| id.to_string())
            .collect();
        theirs.sort();
        ours.sort();
        assert_eq!(ours, theirs, "size {size}");
    }
}

#[test]
fn a_mirror_can_prove_everything_from_tiles() {
    let grown = grow(700);
    for size in [1_u64, 2, 100, 255, 256, 257, 511, 512, 700] {
        let mut mirror = TileSet::new(size);
        for id in TileId::all(size).filter(|id| id.kind() != TileKind::Entries) {
            let tile = HashTile::from_nodes(id, &grown.nodes).unwrap();
            let fetched = HashTile::decode(id, &tile.encode()).unwrap();
            assert_eq!(fetched, tile);
            mirror.insert(fetched);
        }
        let root = Plan::root(size).unwrap().assemble_root(&mirror);
        assert_eq!(root, Ok(grown.roots[size as usize]));
        for index in (0..size).step_by(7) {
            let proof = Plan::inclusion(index, size)
                .unwrap()
                .assemble(&mirror)
                .unwrap();
            let leaf = leaf_hash(&entry(index));
            let root = &grown.roots[size as usize];
            assert_eq!(verify_inclusion(&leaf, index, size, &proof, root), Ok(()));
        }
        // Every stored node can be had from tiles, and no other.
        for (&id, &hash) in &grown.nodes {
            let inside = (id.index + 1) << id.level <= size;
            assert_eq!(mirror.node(id), inside.then_some(hash), "{id:?} of {size}");
        }
    }
}

#[test]
fn a_full_tile_hashes_into_the_one_above() {
    let grown = grow(512);
    let low = HashTile::from_nodes(hashes(0, 1, 256), &grown.nodes).unwrap();
    let high = HashTile::from_nodes(hashes(1, 0, 2), &grown.nodes).unwrap();
    assert_eq!(low.root(), high.hashes().get(1).copied());
    assert_eq!(high.root(), Some(grown.roots[512]));
    let missing = HashTile::from_nodes(hashes(1, 0, 3), &grown.nodes);
    assert_eq!(missing, Err(Some(NodeId { level: 8, index: 2 })));
}

#[test]
fn tiles_of_the_wrong_length_are_refused() {
    let id = hashes(0, 0, 2);
    for length in [0, 32, 63, 65, 96] {
        assert!(matches!(
            HashTile::decode(id, &vec![0; length]),
            Err(TileError::Length { expected: 64, .. })
        ));
    }
    let bundle = TileId::new(TileKind::Entries, 0, 1).unwrap();
    assert_eq!(
        HashTile::decode(bundle, &[0; 32]),
        Err(TileError::NotHashes)
    );
    assert_eq!(decode_entries(id, &[]), Err(BundleError::NotEntries));
}

#[test]
fn bundles_round_trip_and_match_their_tile() {
    let grown = grow(300);
    let all = entries(300);
    let id: TileId = "tile/entries/001.p/44".parse().unwrap();
    let bytes = encode_entries(&all[256..]).unwrap();
    let read = decode_entries(id, &bytes).unwrap();
    assert_eq!(
        read,
        all[256..].iter().map(Vec::as_slice).collect::<Vec<_>>()
    );
    let tile = HashTile::from_nodes(hashes(0, 1, 44), &grown.nodes).unwrap();
    let leaves: Vec<Hash> = read.iter().map(|entry| leaf_hash(entry)).collect();
    assert_eq!(tile.hashes(), leaves);
    for cut in 0..bytes.len() {
        assert!(decode_entries(id, &bytes[..cut]).is_err());
    }
    let extra = [bytes.as_slice(), &[0, 0]].concat();
    assert_eq!(decode_entries(id, &extra), Err(BundleError::Count(44)));
    assert_eq!(
        encode_entries(&[vec![0; 65_536]]),
        Err(BundleError::TooLong(65_536))
    );
    assert_eq!(encode_entries(&[vec![9; 65_535]]).unwrap().len(), 65_537);
}

proptest! {
    #[test]
    fn any_tile_has_one_path(level in 0_u8..8, index in any::<u64>(), width in 0_u16..300) {
        for kind in [TileKind::Hashes { level }, TileKind::Entries] {
            if let Ok(id) = TileId::new(kind, index, width) {
                prop_assert_eq!(id.to_string().parse::<TileId>(), Ok(id));
                if let TileKind::Hashes { level } = kind && width < 256 {
                    let theirs = tlog_tiles::Tile::new(8, level, index, width.into(), false);
                    prop_assert_eq!(theirs.path(), id.to_string().replacen("tile/", "tile/8/", 1));
                }
            }
        }
    }

    #[test]
    fn paths_never_panic(path in "(tile/)?[0-9a-z/.+x]{0,70}") {
        if let Ok(id) = path.parse::<TileId>() {
            prop_assert_eq!(id.to_string(), path);
        }
    }

    #[test]
    fn bundles_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), width in 1_u16..=256) {
        let id = TileId::new(TileKind::Entries, 0, width).unwrap();
        if let Ok(read) = decode_entries(id, &bytes) {
            prop_assert_eq!(encode_entries(&read).unwrap(), bytes);
        }
    }

    #[test]
    fn node_lookup_never_panics(level in any::<u8>(), index in any::<u64>(), size in 0..=MAX_SIZE) {
        if let Some(id) = TileId::holding(NodeId { level, index }, size) {
            prop_assert!(id.exists_in(size));
        }
    }
}
