use crate::protocol::expression::ExpressionError;
use crate::text::Language;

/// Why a rule pack is refused. Every variant names the key concerned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// The text is not TOML, or a key is missing, unknown or of another type.
    #[error("rule pack can't be read: {0}")]
    Syntax(String),
    /// The file is larger than any rule pack.
    #[error("rule pack has {0} bytes, more than the limit")]
    TooLarge(usize),
    /// The same id stands twice in one list.
    #[error("{key}: {id:?} stands twice")]
    Duplicate {
        /// The list.
        key: String,
        /// The repeated id.
        id: String,
    },
    /// An id with characters other than `a-z`, `0-9`, `_`, `-`, `:`, `.`.
    #[error("{key}: {id:?} is not an id")]
    BadId {
        /// The list.
        key: String,
        /// The text found.
        id: String,
    },
    /// A source refers to an act that the pack doesn't list.
    #[error("{key}: act {act:?} is not listed under acts")]
    UnknownAct {
        /// The value.
        key: String,
        /// The act named.
        act: String,
    },
    /// A value without an article that isn't marked as a gap.
    #[error("{key}: an article is needed unless the confidence is \"gap\"")]
    NoArticle {
        /// The value.
        key: String,
    },
    /// A calendar step counts from something unknown.
    #[error("calendar.{step}: anchor {anchor:?} is neither a step nor a fact")]
    UnknownAnchor {
        /// The step.
        step: String,
        /// The anchor named.
        anchor: String,
    },
    /// Calendar steps count from each other in a circle.
    #[error("calendar.{step}: counts from itself through {path:?}")]
    Cycle {
        /// A step of the circle.
        step: String,
        /// The circle.
        path: Vec<String>,
    },
    /// A calendar step whose number, unit or hour doesn't fit its operation.
    #[error("calendar.{step}: {reason}")]
    BadStep {
        /// The step.
        step: String,
        /// What doesn't fit.
        reason: &'static str,
    },
    /// A check or line refers to a protocol line that doesn't exist.
    #[error("{key}: line {line:?} doesn't exist")]
    UnknownLine {
        /// The check or line.
        key: String,
        /// The line named.
        line: String,
    },
    /// A protocol line belongs to a group that doesn't exist.
    #[error("protocol.lines.{line}: group {group:?} doesn't exist")]
    UnknownGroup {
        /// The line.
        line: String,
        /// The group named.
        group: String,
    },
    /// A document is asked of a nominator that doesn't exist.
    #[error("documents.{document}: nominator {nominator:?} doesn't exist")]
    UnknownNominator {
        /// The document.
        document: String,
        /// The nominator named.
        nominator: String,
    },
    /// A relation of the protocol can't be parsed.
    #[error("protocol.checks.{code}: {error}")]
    BadRelation {
        /// The check.
        code: String,
        /// The fault.
        error: ExpressionError,
    },
    /// A check's text uses a placeholder that it can't fill.
    #[error("protocol.checks.{code}: placeholder {{{placeholder}}} is unknown")]
    UnknownPlaceholder {
        /// The check.
        code: String,
        /// The placeholder.
        placeholder: String,
    },
    /// A text is blank in one language.
    #[error("{key}: no words in {}", language.code())]
    BlankText {
        /// The text.
        key: String,
        /// The language without words.
        language: Language,
    },
    /// A number outside what makes sense.
    #[error("{key}: {reason}")]
    BadValue {
        /// The value.
        key: String,
        /// What is wrong.
        reason: &'static str,
    },
}
