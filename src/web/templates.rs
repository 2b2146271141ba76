//! The templates, which are in the binary, and how a value is written into them.

use std::sync::LazyLock;

use crate::publish::paper::escaped;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value, escape_formatter};
use serde::Serialize;

macro_rules! templates {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("templates/", $name)))),+] };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "base.html",
    "macros.html",
    "act.html",
    "ballot.html",
    "check.html",
    "choice.html",
    "eli.html",
    "error.html",
    "group.html",
    "home.html",
    "legal.html",
    "accessibility.html",
    "member.html",
    "members.html",
    "open_data.html",
    "reprise.html",
    "search.html",
    "sitting.html",
    "sittings.html",
];

/// A template that is broken shows as a failure of every page, and of the test below.
static ENVIRONMENT: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_formatter(write);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
});

/// What is unknown is written as nothing. Texts are escaped as HTML wants it, and no further: the built-in way escapes `/` too.
fn write(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::None => Ok(()),
        ValueKind::String if !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html) => {
            out.write_str(&escaped(value.as_str().unwrap_or_default())).map_err(Error::from)
        }
        _ => escape_formatter(out, state, value),
    }
}

/// Writes a model into a template.
///
/// # Errors
/// When the template asks for what the model does not have.
pub fn render(name: &str, model: impl Serialize) -> Result<String, Error> {
    let environment = ENVIRONMENT.as_ref().map_err(|e| Error::new(e.kind(), e.to_string()))?;
    environment.get_template(name)?.render(Value::from(Serde(&model)))
}

/// HTML that is written as it is: made by this service, with every text in it escaped already.
pub fn safe(html: String) -> Value {
    Value::from_safe_string(html)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_read() {
        let environment = ENVIRONMENT.as_ref().unwrap();
        assert_eq!(environment.templates().count(), TEMPLATES.len());
    }

    #[test]
    fn texts_are_escaped_in_text_and_in_attributes() {
        let mut environment = Environment::new();
        environment.set_formatter(write);
        environment.add_template("t.html", r#"<a title="{{ x }}">{{ x }}</a>{{ none }}{{ n }}"#).unwrap();
        let model = minijinja::context! { x => r#"<b a='1' b="/é">&amp;"#, none => (), n => 7 };
        let written = environment.get_template("t.html").unwrap().render(model).unwrap();
        let text = "&lt;b a=&#39;1&#39; b=&quot;/é&quot;&gt;&amp;amp;";
        assert_eq!(written, format!(r#"<a title="{text}">{text}</a>7"#));
    }
}
