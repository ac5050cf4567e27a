//! A JSON array of texts, read piece by piece: lists of credentials may be larger than memory.

use crate::fault::{Class, Fault};

/// Bytes of one text, its quotes aside: a number of 617 digits, a weight, and what a registrar writes after them.
const MAX_BYTES: usize = 8_192;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Start,
    /// After `[`: a text or the end.
    First,
    /// After a comma: a text.
    Text,
    /// Inside a text.
    Inside,
    /// After a backslash inside a text.
    Escape,
    /// After a text: a comma or the end.
    After,
    End,
}

/// Reads the array; each text is handed on as soon as it is whole.
#[derive(Debug)]
pub(crate) struct Texts {
    at: At,
    /// The text so far, as it is written.
    raw: Vec<u8>,
    escaped: bool,
}

fn format(detail: &str) -> Fault {
    Fault::new(Class::CredentialFormat, detail)
}

impl Texts {
    pub(crate) fn new() -> Self {
        Self {
            at: At::Start,
            raw: Vec::new(),
            escaped: false,
        }
    }

    /// Takes the next bytes.
    pub(crate) fn piece(
        &mut self,
        bytes: &[u8],
        each: &mut dyn FnMut(&str) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        for byte in bytes {
            self.at = match (self.at, byte) {
                (At::Inside, b'"') => {
                    self.hand_on(each)?;
                    At::After
                }
                (At::Inside, b'\\') => {
                    self.escaped = true;
                    self.keep(*byte)?;
                    At::Escape
                }
                (At::Inside | At::Escape, byte) => {
                    self.keep(*byte)?;
                    At::Inside
                }
                (at, b' ' | b'\n' | b'\r' | b'\t') => at,
                (At::Start, b'[') => At::First,
                (At::First | At::Text, b'"') => At::Inside,
                (At::First | At::After, b']') => At::End,
                (At::After, b',') => At::Text,
                _ => return Err(format("the list of credentials is no list of texts")),
            };
        }
        Ok(())
    }

    fn keep(&mut self, byte: u8) -> Result<(), Fault> {
        if byte < 0x20 {
            return Err(format(
                "an entry of the list of credentials is no credential",
            ));
        }
        if self.raw.len() >= MAX_BYTES {
            return Err(Fault::too_large(format!(
                "an entry of the list of credentials of more than {MAX_BYTES} bytes"
            )));
        }
        self.raw.push(byte);
        Ok(())
    }

    fn hand_on(&mut self, each: &mut dyn FnMut(&str) -> Result<(), Fault>) -> Result<(), Fault> {
        let text = std::str::from_utf8(&self.raw).map_err(|_| format("a credential is no text"))?;
        if self.escaped {
            let text: String = serde_json::from_str(&format!("\"{text}\""))
                .map_err(|_| format("a credential is no text"))?;
            each(&text)?;
        } else {
            each(text)?;
        }
        self.raw.clear();
        self.escaped = false;
        Ok(())
    }

    /// The array must have ended.
    pub(crate) fn end(&self) -> Result<(), Fault> {
        if self.at == At::End {
            Ok(())
        } else {
            Err(format("the list of credentials ends early"))
        }
    }
}
