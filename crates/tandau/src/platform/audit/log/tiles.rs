//! Hash tiles and their addresses (C2SP tlog-tiles): the tree cut into files of 256 hashes.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::hash::{HASH_BYTES, Hash, fold, node_hash};
use super::plan::NodeSource;
use super::tree::{MAX_SIZE, NodeId};

/// Hashes or entries in a full tile.
pub const TILE_WIDTH: u16 = 256;
/// Tree levels that one tile level spans.
const TILE_HEIGHT: u8 = 8;
/// Highest tile level that a log of [`MAX_SIZE`] entries reaches.
const MAX_LEVEL: u8 = 7;
/// No canonical path is longer.
const MAX_PATH_BYTES: usize = 64;

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TileKind {
    /// Hashes of the tree nodes of level `8 · level`.
    Hashes {
        /// Tile level, 0 to 7; 0 holds leaf hashes.
        level: u8,
    },
    /// The entries themselves, as [`super::encode_entries`] writes them.
    Entries,
}

/// Address of a tile. Shown and parsed as the path below the log's prefix, such as
/// `tile/0/x001/x234/067`, `tile/2/000.p/17` or `tile/entries/042`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    kind: TileKind,
    index: u64,
    width: u16,
}

/// Why an address or a tile's bytes are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TileError {
    /// The text is not the canonical path of a tile.
    #[error("not the path of a tile")]
    Path,
    /// No tree reaches this level or index, or the width is outside 1 to 256.
    #[error("no log has a tile with this level, index and width")]
    Range,
    /// The number of bytes does not fit the tile's width.
    #[error("a tile of {width} hashes is {expected} bytes long, got {got}")]
    Length {
        /// Hashes in the tile.
        width: u16,
        /// Bytes such a tile has.
        expected: usize,
        /// Bytes given.
        got: usize,
    },
    /// The address is one of entries, not of hashes.
    #[error("this address holds entries, not hashes")]
    NotHashes,
}

impl TileId {
    /// Address of a tile; `width` 256 is the full tile.
    ///
    /// # Errors
    /// [`TileError::Range`] if no log can have it.
    pub fn new(kind: TileKind, index: u64, width: u16) -> Result<Self, TileError> {
        let id = Self { kind, index, width };
        if id.level() > MAX_LEVEL || width == 0 || width > TILE_WIDTH {
            return Err(TileError::Range);
        }
        // The nodes in it must be nodes of a tree that can exist.
        let end = u128::from(index) * 256 + u128::from(width);
        if end << (TILE_HEIGHT * id.level()) > u128::from(MAX_SIZE) {
            return Err(TileError::Range);
        }
        Ok(id)
    }

    /// Hashes or entries.
    #[must_use]
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Position within the level.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Hashes or entries in the tile, 1 to 256.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// First entry, from 0, of a bundle; first node of the level of a hash tile.
    #[must_use]
    pub fn start(&self) -> u64 {
        self.index * u64::from(TILE_WIDTH)
    }

    /// Whether a tree of `size` entries has all the hashes or entries of this tile. A server
    /// answers exactly these paths for the size of its last checkpoint.
    #[must_use]
    pub fn exists_in(&self, size: u64) -> bool {
        self.start() + u64::from(self.width) <= size >> (TILE_HEIGHT * self.level())
    }

    /// Addresses of the nodes in a hash tile, from the left; none for entries.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        match self.kind {
            TileKind::Entries => Vec::new(),
            TileKind::Hashes { level } => (0..u64::from(self.width))
                .map(|offset| NodeId {
                    level: level * TILE_HEIGHT,
                    index: self.start() + offset,
                })
                .collect(),
        }
    }

    /// All tiles of a tree of `size` entries: hash tiles from level 0 up, then the bundles.
    /// About `size / 128` of them.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        let hashes = (0..=MAX_LEVEL).map(|level| TileKind::Hashes { level });
        hashes
            .chain([TileKind::Entries])
            .flat_map(move |kind| Self::row(kind, size))
    }

    fn row(kind: TileKind, size: u64) -> impl Iterator<Item = Self> {
        let count = size >> (TILE_HEIGHT * kind_level(kind));
        let full = count / u64::from(TILE_WIDTH);
        let rest = u16::try_from(count % u64::from(TILE_WIDTH)).unwrap_or(0);
        let partial = (rest > 0).then_some(Self {
            kind,
            index: full,
            width: rest,
        });
        (0..full)
            .map(move |index| Self {
                kind,
                index,
                width: TILE_WIDTH,
            })
            .chain(partial)
    }

    /// The tile of a tree of `size` entries in which a complete node is found or from whose
    /// hashes it follows; `None` if the tree does not have the node.
    #[must_use]
    pub fn holding(node: NodeId, size: u64) -> Option<Self> {
        if node.level >= 63 || node.index >= size >> node.level {
            return None;
        }
        let level = node.level / TILE_HEIGHT;
        let within = node.level % TILE_HEIGHT;
        let start = node.index << within;
        let index = start / u64::from(TILE_WIDTH);
        let count = size >> (TILE_HEIGHT * level);
        let width = (count - index * u64::from(TILE_WIDTH)).min(u64::from(TILE_WIDTH));
        Some(Self {
            kind: TileKind::Hashes { level },
            index,
            width: u16::try_from(width).ok()?,
        })
    }

    fn level(&self) -> u8 {
        kind_level(self.kind)
    }
}

fn kind_level(kind: TileKind) -> u8 {
    match kind {
        TileKind::Hashes { level } => level,
        TileKind::Entries => 0,
    }
}

impl fmt::Display for TileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes { level } => write!(f, "tile/{level}/")?,
            TileKind::Entries => f.write_str("tile/entries/")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for group in groups.iter().skip(1).rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.width < TILE_WIDTH {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for TileId {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        if path.len() > MAX_PATH_BYTES {
            return Err(TileError::Path);
        }
        let rest = path.strip_prefix("tile/").ok_or(TileError::Path)?;
        let (kind, rest) = rest.split_once('/').ok_or(TileError::Path)?;
        let kind = if kind == "entries" {
            TileKind::Entries
        } else {
            let level = kind.parse().map_err(|_| TileError::Path)?;
            TileKind::Hashes { level }
        };
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => {
                let width = width.parse().map_err(|_| TileError::Path)?;
                (index, width)
            }
            None => (rest, TILE_WIDTH),
        };
        let mut number = 0_u64;
        for group in index.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            let value: u64 = digits.parse().map_err(|_| TileError::Path)?;
            number = number
                .checked_mul(1000)
                .and_then(|n| n.checked_add(value))
                .ok_or(TileError::Range)?;
        }
        let id = Self::new(kind, number, width)?;
        // One address, one path: signs, missing zeros and a full width written out end here.
        if id.to_string() == path {
            Ok(id)
        } else {
            Err(TileError::Path)
        }
    }
}

/// A hash tile with its content: what a mirror or a verifier holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashTile {
    id: TileId,
    hashes: Vec<Hash>,
}

impl HashTile {
    /// Builds a tile from stored nodes.
    ///
    /// # Errors
    /// `Err(None)` for an address of entries, `Err(Some(node))` for the first missing node.
    pub fn from_nodes(id: TileId, source: &impl NodeSource) -> Result<Self, Option<NodeId>> {
        let nodes = id.nodes();
        if nodes.is_empty() {
            return Err(None);
        }
        let hashes = nodes
            .into_iter()
            .map(|node| source.node(node).ok_or(Some(node)))
            .collect::<Result<_, _>>()?;
        Ok(Self { id, hashes })
    }

    /// Reads a fetched tile. The hashes prove nothing until a root computed from them equals a
    /// verified checkpoint's.
    ///
    /// # Errors
    /// [`TileError::NotHashes`], [`TileError::Length`].
    pub fn decode(id: TileId, bytes: &[u8]) -> Result<Self, TileError> {
        if id.kind == TileKind::Entries {
            return Err(TileError::NotHashes);
        }
        let expected = usize::from(id.width) * HASH_BYTES;
        if bytes.len() != expected {
            return Err(TileError::Length {
                width: id.width,
                expected,
                got: bytes.len(),
            });
        }
        let hashes = bytes
            .chunks_exact(HASH_BYTES)
            .filter_map(Hash::from_slice)
            .collect();
        Ok(Self { id, hashes })
    }

    /// The bytes to serve: the hashes one after another.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| hash.0).collect()
    }

    /// Its address.
    #[must_use]
    pub fn id(&self) -> TileId {
        self.id
    }

    /// Its hashes, from the left.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Root over all its hashes: for a full tile the hash that the tile one level up holds.
    #[must_use]
    pub fn root(&self) -> Option<Hash> {
        subtree(&self.hashes)
    }
}

impl NodeSource for HashTile {
    fn node(&self, node: NodeId) -> Option<Hash> {
        if node.level / TILE_HEIGHT != self.id.level() {
            return None;
        }
        let within = node.level % TILE_HEIGHT;
        let first = (node.index << within).checked_sub(self.id.start())?;
        let first = usize::try_from(first).ok()?;
        let hashes = self.hashes.get(first..first.checked_add(1 << within)?)?;
        subtree(hashes)
    }
}

/// Root over hashes of one level, of which the first starts a complete subtree.
fn subtree(hashes: &[Hash]) -> Option<Hash> {
    let mut edge: Vec<Hash> = Vec::new();
    for (index, hash) in hashes.iter().enumerate() {
        let mut hash = *hash;
        for _ in 0..index.trailing_ones() {
            hash = node_hash(&edge.pop()?, &hash);
        }
        edge.push(hash);
    }
    fold(&edge)
}

/// Fetched tiles of one tree, as a source for [`super::Plan::assemble`].
#[derive(Clone, Debug, Default)]
pub struct TileSet {
    size: u64,
    tiles: BTreeMap<TileId, HashTile>,
}

impl TileSet {
    /// An empty set for the tree of `size` entries.
    #[must_use]
    pub fn new(size: u64) -> Self {
        Self {
            size,
            tiles: BTreeMap::new(),
        }
    }

    /// Adds a tile.
    pub fn insert(&mut self, tile: HashTile) {
        self.tiles.insert(tile.id, tile);
    }
}

impl NodeSource for TileSet {
    fn node(&self, node: NodeId) -> Option<Hash> {
        let id = TileId::holding(node, self.size)?;
        self.tiles.get(&id)?.node(node)
    }
}
