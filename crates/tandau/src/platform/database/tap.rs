//! What acts write, overheard: statements with their values, act by act. `make bench` replays them from a plain
//! program, to know the database's own rate. Off, it costs one look at a flag.

use super::Value;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The statements of one committed act, in their order.
pub type Act = Vec<(&'static str, Vec<Value>)>;

static ON: AtomicBool = AtomicBool::new(false);
static HEARD: Mutex<(Act, Vec<Act>)> = Mutex::new((Vec::new(), Vec::new()));

/// Begins to listen to the one writer of SQLite.
pub fn begin() {
    let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    *heard = (Vec::new(), Vec::new());
    ON.store(true, Ordering::SeqCst);
}

/// Ends it; returns every act committed meanwhile.
#[must_use]
pub fn end() -> Vec<Act> {
    ON.store(false, Ordering::SeqCst);
    let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut heard.1)
}

pub(super) fn note(sql: &'static str, values: &[Value]) {
    if ON.load(Ordering::Relaxed) {
        let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
        heard.0.push((sql, values.to_vec()));
    }
}

/// The act is over: kept when it was committed, forgotten when the next one begins without that.
pub(super) fn over(committed: bool) {
    if ON.load(Ordering::Relaxed) {
        let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
        let act = std::mem::take(&mut heard.0);
        if committed {
            heard.1.push(act);
        }
    }
}
