//! Figures in words: only where the signed paper's words say another number than its digits.

use super::{Line, Scene, limited, refused, too_late, write_line};
use crate::counting::actions::step;
use crate::counting::model::{Act, ProtocolState, Refusal};
use crate::counting::sheet::Sheet;
use crate::counting::store;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use electoral::protocol::LineKey;
use electoral::text::Language;

/// Longest number in words, in characters.
const MAX_WORDS_CHARS: usize = 200;

/// The words of one figure as the paper has them.
#[derive(Clone, Debug)]
pub struct PutWords {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// [`crate::counting::model::Protocol::sequence`] as the person has seen it.
    pub sequence: u64,
    /// Which figure.
    pub key: LineKey,
    /// Language of the words.
    pub language: Language,
    /// The words; empty takes them away.
    pub words: String,
}

/// Keeps words that differ from their figure: a fault (R14) unless they are taken away again.
///
/// # Errors
/// No power there; no draft; a figure that is not there; words that say the same as the digits;
/// [`Error::Conflict`] when somebody else has saved since.
pub async fn put_words(acting: &Acting, input: &PutWords) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    put_words_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// [`put_words`] inside another act.
///
/// # Errors
/// As [`put_words`].
pub async fn put_words_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &PutWords,
) -> Result<(), Error> {
    let t = acting.t();
    let scene = Scene::set(
        tx,
        acting,
        Action::ProtocolEnter,
        &input.station_id,
        &input.contest_id,
    )
    .await?;
    let to = scene.after(t, Act::Save)?;
    let protocol = &scene.protocol;
    if protocol.state != ProtocolState::Draft {
        return Err(refused(t, Refusal::NothingYet));
    }
    let (station, contest) = (&protocol.station_id, &protocol.contest_id);
    let sheet = Sheet::read(tx, acting.app(), scene.unit.clone()).await?;
    let entry = store::values(tx, station, contest, protocol.version).await?;
    let figure = entry
        .values
        .get(&input.key)
        .copied()
        .filter(|_| sheet.knows(&input.key))
        .ok_or_else(|| Error::field("line", t.counting_words_no_figure()))?;
    let words = limited(t, "words", &input.words)?;
    if words.chars().count() > MAX_WORDS_CHARS {
        let max = i64::try_from(MAX_WORDS_CHARS).unwrap_or(i64::MAX);
        return Err(Error::field("words", t.form_too_long(max)));
    }
    if electoral::words::matches(figure, input.language, words) {
        return Err(Error::field("words", t.counting_words_same()));
    }
    let known = store::words(tx, station, contest, protocol.version).await?;
    let before = known
        .iter()
        .find(|w| w.key == input.key && w.language == input.language)
        .map_or("", |w| w.words.as_str());
    if before == words {
        return Ok(());
    }
    if input.sequence != protocol.sequence {
        return Err(too_late(t));
    }
    let (person, now) = (acting.person(), acting.now());
    step(
        tx,
        acting,
        &store::Step {
            from: protocol,
            to,
            version: protocol.version,
            faults: 0,
            with_act: false,
            returned: false,
            at: now,
        },
    )
    .await?;
    store::touch_version(tx, protocol, "", person, now)?;
    store::put_words(tx, protocol, &input.key, input.language, words).await?;
    let line = Line {
        act: Act::Save,
        version: protocol.version,
        reason: "",
        detail: &format!("{} {}: {words}", input.key, input.language.code()),
        decision_id: None,
    };
    write_line(tx, acting, protocol, &line).await?;
    Ok(())
}
