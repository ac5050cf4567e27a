//! PDFs: who made them and when is taken out; scripts and attachments are refused.

use super::CleanError;
use lopdf::{Dictionary, Document, LoadOptions, Object};

/// Objects in one file at most; a scanned protocol has some tens.
const MAX_OBJECTS: usize = 20_000;
/// Bytes into which one stream of objects may unpack; the objects of a scanned protocol have some kilobytes.
const MAX_UNPACKED_BYTES: usize = 8 * 1024 * 1024;
/// Keys that make a PDF do something or carry something.
const ACTIVE_KEYS: &[&[u8]] = &[
    b"JavaScript",
    b"JS",
    b"AA",
    b"OpenAction",
    b"EmbeddedFiles",
    b"RichMedia",
    b"XFA",
];
/// Names of actions and objects of that sort.
const ACTIVE_NAMES: &[&[u8]] = &[
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"EmbeddedFile",
    b"Filespec",
    b"RichMedia",
    b"Movie",
];

pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, CleanError> {
    let options = LoadOptions::with_max_decompressed_size(MAX_UNPACKED_BYTES);
    let mut document =
        Document::load_mem_with_options(bytes, options).map_err(|_| CleanError::Broken)?;
    if document.is_encrypted()
        || document.objects.len() > MAX_OBJECTS
        || document.get_pages().is_empty()
    {
        return Err(CleanError::Broken);
    }
    if document.objects.values().any(|object| is_active(object, 0)) {
        return Err(CleanError::Active);
    }
    if let Ok(info) = document.trailer.get(b"Info").and_then(Object::as_reference) {
        document.delete_object(info);
    }
    document.trailer.remove(b"Info");
    document.trailer.remove(b"ID");
    let metadata: Vec<_> = document
        .objects
        .iter()
        .filter(|(_, object)| {
            object.as_stream().is_ok_and(|s| {
                s.dict
                    .get(b"Type")
                    .and_then(Object::as_name)
                    .is_ok_and(|n| n == b"Metadata")
            })
        })
        .map(|(id, _)| *id)
        .collect();
    for id in metadata {
        document.delete_object(id);
    }
    let mut out = Vec::with_capacity(bytes.len());
    document.save_to(&mut out).map_err(|_| CleanError::Broken)?;
    Ok(out)
}

/// Looks for actions and attachments, to a depth that no honest paper has.
fn is_active(object: &Object, depth: usize) -> bool {
    if depth > 32 {
        return true;
    }
    match object {
        Object::Dictionary(dictionary) => dictionary_is_active(dictionary, depth),
        Object::Stream(stream) => dictionary_is_active(&stream.dict, depth),
        Object::Array(items) => items.iter().any(|item| is_active(item, depth + 1)),
        _ => false,
    }
}

fn dictionary_is_active(dictionary: &Dictionary, depth: usize) -> bool {
    dictionary.iter().any(|(key, value)| {
        ACTIVE_KEYS.contains(&key.as_slice())
            || (matches!(key.as_slice(), b"S" | b"Type" | b"Subtype")
                && value
                    .as_name()
                    .is_ok_and(|name| ACTIVE_NAMES.contains(&name)))
            || is_active(value, depth + 1)
    })
}
