//! What the start page says of the program. `ui/src/platform/about.ts` holds the same shape.

use serde::Serialize;

/// Name and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct About {
    /// The program's name.
    name: &'static str,
    /// Version as in `Cargo.toml`.
    version: &'static str,
}

/// Name and version of this program.
#[tauri::command]
pub(crate) fn about() -> About {
    About { name: "Kaowu 考务", version: env!("CARGO_PKG_VERSION") }
}

#[cfg(test)]
mod tests {
    use super::about;
    use tauri::ipc::{InvokeResponseBody, IpcResponse};

    #[test]
    fn what_crosses_to_the_page_has_the_shape_it_reads() {
        let InvokeResponseBody::Json(text) = about().body().unwrap() else { unreachable!("a struct crosses as JSON") };
        assert_eq!(text, concat!(r#"{"name":"Kaowu 考务","version":""#, env!("CARGO_PKG_VERSION"), r#""}"#));
    }
}
