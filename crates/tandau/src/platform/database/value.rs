//! Values bound to statements.

/// What kind of value a column or parameter holds; needed to bind a typed NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// `bigint`
    Int,
    /// `text`
    Text,
    /// `boolean`
    Bool,
    /// `bytea`
    Bytes,
}

/// One bound value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A typed NULL.
    Null(ValueKind),
    /// `bigint`
    Int(i64),
    /// `text`
    Text(String),
    /// `boolean`
    Bool(bool),
    /// `bytea`
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}
impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}
impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        value.map_or(Self::Null(ValueKind::Int), Self::Int)
    }
}
impl From<Option<bool>> for Value {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Null(ValueKind::Bool), Self::Bool)
    }
}
impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        value.map_or(Self::Null(ValueKind::Text), Self::Text)
    }
}
impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        value.map_or(Self::Null(ValueKind::Text), |v| Self::Text(v.to_owned()))
    }
}
impl From<jiff::civil::Date> for Value {
    fn from(value: jiff::civil::Date) -> Self {
        Self::Text(value.to_string())
    }
}
impl From<Option<jiff::civil::Date>> for Value {
    fn from(value: Option<jiff::civil::Date>) -> Self {
        Self::from(value.map(|v| v.to_string()))
    }
}
impl From<jiff::Timestamp> for Value {
    fn from(value: jiff::Timestamp) -> Self {
        Self::Int(value.as_microsecond())
    }
}
impl From<Option<jiff::Timestamp>> for Value {
    fn from(value: Option<jiff::Timestamp>) -> Self {
        Self::from(value.map(jiff::Timestamp::as_microsecond))
    }
}

/// Makes the list of bound values: `bind![id, number, opened_at]`.
#[macro_export]
macro_rules! bind {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::platform::database::Value::from($value)),*]
    };
}
