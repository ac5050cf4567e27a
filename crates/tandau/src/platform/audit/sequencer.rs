//! Numbers the records, extends the tree, signs a checkpoint. One sequencer runs per database.

use super::log::{Checkpoint, Hash, LogSigner, NodeId, Tree, leaf_hash};
use super::store;
use crate::bind;
use crate::platform::database::{Connection, Row};
use crate::platform::{App, Error};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A checkpoint follows its records within this time, well under a second.
const PERIOD: Duration = Duration::from_millis(200);
/// Records in one round (the statement's own limit).
const ROUND: usize = 2000;

/// The key that signs checkpoints, kept beside the database.
#[derive(Clone, Debug)]
pub struct SignerKey(Arc<LogSigner>);

impl SignerKey {
    /// Reads the key of a data folder, or makes one for a new folder.
    ///
    /// # Errors
    /// When the file can't be read or written, or holds something else.
    pub fn open(folder: &Path, name: &str) -> Result<Self, Error> {
        let seed = crate::platform::files::secret_file(&folder.join("audit.key"))?;
        let signer = LogSigner::from_seed(name, &seed).map_err(Error::internal)?;
        Ok(Self(Arc::new(signer)))
    }

    /// What others need to verify our checkpoints: `name+id+key`.
    #[must_use]
    pub fn verifier(&self) -> &super::log::VerifierKey {
        self.0.verifier()
    }
}

/// Numbers records until the program ends.
#[derive(Debug)]
pub struct Sequencer {
    app: App,
    key: SignerKey,
}

impl Sequencer {
    /// A sequencer for this database.
    #[must_use]
    pub const fn new(app: App, key: SignerKey) -> Self {
        Self { app, key }
    }

    /// Runs until the program ends.
    pub async fn run(self) {
        let mut tick = tokio::time::interval(PERIOD);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            if let Err(e) = self.catch_up().await {
                tracing::error!(error = %e, "the log of acts could not be extended");
            }
        }
    }

    /// Numbers everything that waits; returns how many records that were.
    ///
    /// # Errors
    /// What the database reports; a tree that does not fit its records.
    pub async fn catch_up(&self) -> Result<usize, Error> {
        let mut total = 0;
        loop {
            let done = self.round().await?;
            total += done;
            if done < ROUND {
                return Ok(total);
            }
        }
    }

    async fn round(&self) -> Result<usize, Error> {
        {
            let mut reader = self.app.read().await?;
            if reader.first(store::UNSEQUENCED, bind![]).await?.is_none() {
                return Ok(0);
            }
        }
        let mut transaction = self.app.database.begin().await?;
        transaction.lock_for_one("audit-sequencer").await?;
        let waiting = transaction.all(store::UNSEQUENCED, bind![]).await?;
        let size = size(&mut transaction).await?;
        let mut tree = load_tree(&mut transaction, size).await?;
        let mut placed = Vec::with_capacity(waiting.len());
        let mut nodes = Vec::with_capacity(waiting.len().saturating_mul(2));
        for row in &waiting {
            placed.push((row.text("id")?, signed(tree.size())?));
            nodes.extend(
                tree.append(leaf_hash(leaf_text(row)?.as_bytes()))
                    .map_err(Error::internal)?,
            );
        }
        store::set_positions(&mut transaction, &placed).await?;
        let nodes = nodes
            .iter()
            .map(|node| {
                let hash: &[u8] = node.hash.as_bytes();
                Ok(bind![
                    i64::from(node.id.level),
                    signed(node.id.index)?,
                    hash
                ])
            })
            .collect::<Result<Vec<_>, Error>>()?;
        store::add_nodes(&mut transaction, &nodes).await?;
        let checkpoint = Checkpoint::new(self.key.verifier().name(), tree.size(), tree.root())
            .map_err(Error::internal)?;
        let note = checkpoint
            .sign(&self.key.0)
            .map_err(Error::internal)?
            .to_string();
        let root: &[u8] = checkpoint.root().as_bytes();
        transaction
            .execute(
                store::ADD_CHECKPOINT,
                bind![signed(tree.size())?, root, note, self.app.clock.wall()],
            )
            .await?;
        transaction.commit().await?;
        Ok(waiting.len())
    }
}

pub(super) async fn size(connection: &mut Connection) -> Result<u64, Error> {
    u64::try_from(store::size(connection).await?).map_err(Error::internal)
}

pub(super) fn signed(value: u64) -> Result<i64, Error> {
    i64::try_from(value).map_err(Error::internal)
}

pub(super) async fn node(connection: &mut Connection, id: NodeId) -> Result<Option<Hash>, Error> {
    let row = connection
        .first(store::NODE, bind![i64::from(id.level), signed(id.index)?])
        .await?;
    row.map(|row| {
        Hash::from_slice(&row.bytes("hash")?)
            .ok_or_else(|| Error::internal("a node of the log has a wrong length"))
    })
    .transpose()
}

async fn load_tree(connection: &mut Connection, size: u64) -> Result<Tree, Error> {
    let mut edge = Vec::new();
    for id in Tree::edge_nodes(size).map_err(Error::internal)? {
        edge.push(
            node(connection, id)
                .await?
                .ok_or_else(|| Error::internal("a node of the log is missing"))?,
        );
    }
    Tree::resume(size, edge).map_err(Error::internal)
}

/// The public text of a record, one field a line: what the leaf hashes and what tiles serve.
pub(super) fn leaf_text(row: &Row) -> Result<String, Error> {
    Ok(format!(
        "tandau-act-v1\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
        row.text("id")?,
        row.int("at")?,
        row.text("clock")?,
        row.text("event")?,
        row.text("office")?,
        row.text("kind")?,
        row.text("object")?,
        row.text("digest")?,
    ))
}
