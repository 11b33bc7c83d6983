use crate::view::words::harmless;

/// Text made safe between tags and inside quoted attributes. Characters that steer instead of
/// showing become U+FFFD; line ends and tabs stay.
///
/// ```
/// assert_eq!(legation_app::html::escape("<b a='1'>&\0"), "&lt;b a=&#39;1&#39;&gt;&amp;\u{fffd}");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(ch),
            '\r' => {}
            ch => out.push(harmless(ch)),
        }
    }
    out
}
