//! SQLite's one writer, shared by turns, with group commit.
//!
//! Each transaction is a savepoint inside a group. A group is committed (one fsync) when nobody else
//! waits for a turn, when it holds [`GROUP_LIMIT`] transactions, or when a member has waited
//! [`GROUP_WAIT`]. Whoever commits a transaction is answered only after its group is on disk.
//!
//! A request is dropped when its sender goes away, at any `await`. So a group is opened and ended by tasks of their own.

use super::{DatabaseError, migrations};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Executor as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// Transactions in one group at most.
const GROUP_LIMIT: usize = 128;
/// The longest that a finished transaction waits for company.
const GROUP_WAIT: Duration = Duration::from_millis(2);

type Answer = Result<(), String>;

#[derive(Debug)]
pub(super) struct Writer {
    state: Arc<Mutex<State>>,
    waiting: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct State {
    connection: SqliteConnection,
    /// A group is open (`begin immediate` was run).
    group_open: bool,
    /// A savepoint may be open; if the next turn finds it so, its owner went away and it is undone.
    turn_open: bool,
    members: Vec<oneshot::Sender<Answer>>,
}

/// Counts one who waits, also when the waiting future is dropped.
struct Waiting(Arc<AtomicUsize>);
impl Waiting {
    fn new(counter: &Arc<AtomicUsize>) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(counter))
    }
}
impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Writer {
    pub(super) async fn open(options: &SqliteConnectOptions) -> Result<Self, DatabaseError> {
        let mut connection = options.connect().await?;
        migrations::migrator()
            .run_direct(None, &mut connection, false)
            .await?;
        Ok(Self {
            state: Arc::new(Mutex::new(State {
                connection,
                group_open: false,
                turn_open: false,
                members: Vec::new(),
            })),
            waiting: Arc::default(),
        })
    }

    pub(super) async fn begin(&self) -> Result<Turn, DatabaseError> {
        let waiting = Waiting::new(&self.waiting);
        let state = Arc::clone(&self.state).lock_owned().await;
        drop(waiting);
        let mut turn = Turn {
            state,
            left: Left {
                writer: Arc::clone(&self.state),
                waiting: Arc::clone(&self.waiting),
                armed: true,
            },
        };
        if turn.state.turn_open || !turn.state.group_open {
            turn = turn.ready().await?;
        }
        super::tap::over(false);
        Ok(turn)
    }

    pub(super) async fn flush_now(&self) {
        flush(Arc::clone(&self.state).lock_owned().await).await;
    }
}

/// Ends the group, in a task of its own: the members are answered also when whoever asked goes away.
async fn flush(mut state: OwnedMutexGuard<State>) {
    let ended = tokio::spawn(async move { state.flush().await });
    if let Err(e) = ended.await {
        tracing::error!(error = %e, "a group was not ended");
    }
}

impl State {
    /// Takes back what an owner left open who went away. When there is no savepoint, its last trip to the engine never
    /// arrived or ended the turn, or the engine gave up the whole group: the group ends, and its end says which.
    async fn undo_abandoned(&mut self) -> Result<(), DatabaseError> {
        if !self.turn_open {
            return Ok(());
        }
        let undone = self
            .connection
            .execute("rollback to turn; release turn")
            .await;
        match undone {
            Ok(_) => {
                self.turn_open = false;
                Ok(())
            }
            Err(e) if is_no_savepoint(&e) => {
                self.end_group(Ok(())).await;
                Ok(())
            }
            Err(e) => Err(e.into()),
        }
    }

    /// Commits the open group and answers its members.
    async fn flush(&mut self) {
        if self.group_open {
            let undone = self.undo_abandoned().await;
            self.end_group(undone.map_err(|e| e.to_string())).await;
        }
    }

    /// Commits, unless it can't be right any more, and answers the members.
    async fn end_group(&mut self, undone: Answer) {
        if !self.group_open {
            return;
        }
        let outcome = match undone {
            Ok(()) => self
                .connection
                .execute("commit")
                .await
                .map(|_| ())
                .map_err(|e| e.to_string()),
            Err(e) => Err(e),
        };
        if outcome.is_err() {
            // The group is lost as a whole; its members are told so.
            let undone = self.connection.execute("rollback").await;
            if let Err(e) = undone {
                tracing::error!(error = %e, "could not roll a failed group back");
            }
        }
        self.group_open = false;
        self.turn_open = false;
        for member in self.members.drain(..) {
            // A member that went away needs no answer.
            let _ = member.send(outcome.clone());
        }
    }
}

fn is_no_savepoint(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(e) if e.message().starts_with("no such savepoint"))
}

/// The right to write, until committed or dropped.
#[derive(Debug)]
pub(super) struct Turn {
    state: OwnedMutexGuard<State>,
    left: Left,
}

/// Ends the group when a turn is left without a commit and nobody comes after it: an open group keeps other programs from
/// writing to the file.
#[derive(Debug)]
struct Left {
    writer: Arc<Mutex<State>>,
    waiting: Arc<AtomicUsize>,
    armed: bool,
}

impl Drop for Left {
    fn drop(&mut self) {
        if !self.armed || self.waiting.load(Ordering::SeqCst) > 0 {
            return;
        }
        if let Ok(runtime) = Handle::try_current() {
            let writer = Arc::clone(&self.writer);
            runtime.spawn(async move { writer.lock().await.flush().await });
        }
    }
}

impl Turn {
    /// What goes ahead of the first statement of a turn, and behind its last.
    pub(super) const BEGIN: &'static str = "savepoint turn";
    pub(super) const END: &'static str = "release turn";

    /// Opens the group, in a task of its own: whoever asked may go away in the middle, and the next one must know what is
    /// open.
    async fn ready(mut self) -> Result<Self, DatabaseError> {
        let made = tokio::spawn(async move {
            let state = &mut *self.state;
            state.undo_abandoned().await?;
            if !state.group_open {
                state.connection.execute("begin immediate").await?;
                state.group_open = true;
            }
            Ok::<_, DatabaseError>(self)
        });
        made.await
            .map_err(|e| DatabaseError::NotDurable(e.to_string()))?
    }

    /// The connection, for statements that follow [`Turn::BEGIN`].
    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        self.state.turn_open = true;
        &mut self.state.connection
    }

    /// True once a statement was sent.
    pub(super) fn has_begun(&self) -> bool {
        self.state.turn_open
    }

    /// After [`Turn::END`], or with nothing sent: waits until the turn is durable.
    pub(super) async fn commit(self) -> Result<(), DatabaseError> {
        let Self {
            mut state,
            mut left,
        } = self;
        left.armed = false;
        state.turn_open = false;
        let (answer, mut outcome) = oneshot::channel();
        state.members.push(answer);
        if left.waiting.load(Ordering::SeqCst) == 0 || state.members.len() >= GROUP_LIMIT {
            flush(state).await;
        } else {
            drop(state);
        }
        let outcome = match tokio::time::timeout(GROUP_WAIT, &mut outcome).await {
            Ok(outcome) => outcome,
            // Whoever is answered while they wait for the writer leaves the next group alone.
            Err(_) => tokio::select! {
                biased;
                answered = &mut outcome => answered,
                state = Arc::clone(&left.writer).lock_owned() => {
                    flush(state).await;
                    outcome.await
                }
            },
        };
        match outcome {
            Ok(Ok(())) => Ok(()),
            Ok(Err(problem)) => Err(DatabaseError::NotDurable(problem)),
            Err(_) => Err(DatabaseError::NotDurable("the writer ended".to_owned())),
        }
    }
}
