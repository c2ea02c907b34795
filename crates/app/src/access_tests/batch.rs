//! Many questions at once: lines of JSON, or a table with a head, as it is pasted or read from a
//! file.

use serde_json::{Map, Value, json};

use super::form::{Reader, test_from};
use super::{AccessTest, TestFormError};

/// The most lines that are answered at once.
pub const LINES_MAX: usize = 20_000;

/// One line of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    /// Its number in the text, from 1.
    pub number: usize,
    /// The question, and whether it says what is expected.
    pub test: Result<(AccessTest, bool), TestFormError>,
}

/// Reads a batch. Lines of JSON have the form of a test, `expect` being optional; the head of a
/// table names `who`, `what`, `at`, `server`, `expect` and the parts of a place. Lines without
/// anything are left out.
pub fn batch_from_text(text: &str) -> Vec<BatchLine> {
    let first = text.trim_start().chars().next();
    match first {
        None => Vec::new(),
        Some('[') => cut(list(text)),
        Some('{') => cut(lines(text)),
        Some(_) => cut(table(text)),
    }
}

/// The lines that are answered; the first that is not says so.
fn cut(mut lines: Vec<BatchLine>) -> Vec<BatchLine> {
    if let Some(line) = lines.get_mut(LINES_MAX) {
        *line = broken(
            line.number,
            &format!("only {LINES_MAX} lines are answered at once; ask the rest by themselves"),
        );
        lines.truncate(LINES_MAX + 1);
    }
    lines
}

fn list(text: &str) -> Vec<BatchLine> {
    match serde_json::from_str::<Vec<Value>>(text) {
        Ok(items) => (1..)
            .zip(items.into_iter().take(LINES_MAX + 1))
            .map(|(number, item)| line(number, item))
            .collect(),
        Err(error) => vec![broken(error.line(), &error.to_string())],
    }
}

fn lines(text: &str) -> Vec<BatchLine> {
    (1..)
        .zip(text.lines())
        .filter(|(_, text)| !text.trim().is_empty())
        .take(LINES_MAX + 1)
        .map(|(number, text)| match serde_json::from_str(text) {
            Ok(item) => line(number, item),
            Err(error) => broken(number, &format!("this is not JSON: {error}")),
        })
        .collect()
}

fn table(text: &str) -> Vec<BatchLine> {
    // A spreadsheet puts tabs on the clipboard.
    let tabs = text.lines().next().is_some_and(|head| head.contains('\t'));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let head: Vec<String> = match reader.headers() {
        Ok(head) => head.iter().map(str::to_owned).collect(),
        Err(error) => return vec![broken(1, &error.to_string())],
    };
    if !["who", "what"]
        .iter()
        .all(|needed| head.iter().any(|name| name == needed))
    {
        return vec![broken(
            1,
            "the first line must name the columns, `who` and `what` among them; others are \
             `environment`, `path`, `name`, `tags`, `toEnvironment`, `toPath`, \
             `fromEnvironment`, `fromPath`, `newName`, `newTags`, `at`, `server` and `expect`",
        )];
    }
    let records = reader.records().take(LINES_MAX + 1);
    records
        .map(|record| match record {
            Ok(record) => {
                let number = record.position().map_or(0, csv::Position::line);
                let number = usize::try_from(number).unwrap_or(usize::MAX);
                line(number, object(&head, &record))
            }
            Err(error) => {
                let number = error.position().map_or(0, csv::Position::line);
                broken(
                    usize::try_from(number).unwrap_or(usize::MAX),
                    &error.to_string(),
                )
            }
        })
        .collect()
}

/// A row of a table in the form of a test. An empty cell leaves its part open; `tags` are parted by
/// blanks or semicolons, and `-` is a secret without tags.
fn object(head: &[String], record: &csv::StringRecord) -> Value {
    let mut test = Map::new();
    let mut place = Map::new();
    for (name, cell) in head.iter().zip(record.iter()) {
        if cell.is_empty() {
            continue;
        }
        match name.as_str() {
            "who" | "what" | "at" | "server" | "expect" => {
                test.insert(name.clone(), json!(cell));
            }
            "test" | "title" => {
                test.insert("name".to_owned(), json!(cell));
            }
            "tags" | "newTags" => {
                let parts = cell.split([' ', ';', '|']).filter(|part| !part.is_empty());
                let tags: Vec<&str> = parts.filter(|part| *part != "-").collect();
                place.insert(name.clone(), json!(tags));
            }
            _ => {
                place.insert(name.clone(), json!(cell));
            }
        }
    }
    if !place.is_empty() {
        test.insert("where".to_owned(), Value::Object(place));
    }
    Value::Object(test)
}

fn line(number: usize, mut item: Value) -> BatchLine {
    let mut expects = true;
    if let Value::Object(object) = &mut item
        && !object.contains_key("expect")
    {
        expects = false;
        object.insert("expect".to_owned(), json!("allowed"));
    }
    let test = test_from(&Reader::new(&item, "")).map(|test| (test, expects));
    BatchLine { number, test }
}

fn broken(number: usize, message: &str) -> BatchLine {
    BatchLine {
        number,
        test: Err(TestFormError::NotRead(message.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_and_lines_of_json_say_the_same() {
        let table = batch_from_text(
            "who,what,environment,path,name,tags,expect\n\
             ana,secret.read-value,prod,/a,K,pci root-key,denied\n\
             ana,secrets:edit,dev,/,,-,\n",
        );
        let lines = batch_from_text(
            r#"{"who":"ana","what":"secret.read-value","where":{"environment":"prod","path":"/a","name":"K","tags":["pci","root-key"]},"expect":"denied"}

{"who":"ana","what":"secrets:edit","where":{"environment":"dev","path":"/","tags":[]}}"#,
        );
        let tests = |lines: &[BatchLine]| -> Vec<_> {
            lines
                .iter()
                .map(|line| line.test.clone().unwrap())
                .collect()
        };
        assert_eq!(tests(&table), tests(&lines));
        assert_eq!(
            tests(&table)
                .iter()
                .map(|(_, expects)| *expects)
                .collect::<Vec<_>>(),
            [true, false]
        );
        assert_eq!(
            table.iter().map(|line| line.number).collect::<Vec<_>>(),
            [2, 3]
        );
        assert_eq!(
            lines.iter().map(|line| line.number).collect::<Vec<_>>(),
            [1, 3]
        );
    }

    #[test]
    fn a_second_place_has_its_columns_and_a_column_that_nobody_knows_is_no_answer() {
        let lines = batch_from_text(
            "who,what,environment,path,toEnvironment,toPath,fromEnvironment,fromPath\n\
             ana,secret.move,dev,/a,prod,/b,,\n\
             ana,import.create,dev,/a,,,prod,/b\n",
        );
        for line in &lines {
            let (test, _) = line.test.clone().unwrap();
            assert_eq!(test.place.situation.second_place(), "prod:/b");
        }
        let lines = batch_from_text("who,what,env,path\nana,secret.list,dev,/a\n");
        let message = lines[0].test.as_ref().unwrap_err().to_string();
        assert!(message.contains("`env`"), "{message}");
    }

    #[test]
    fn a_line_that_cannot_be_read_says_why_and_the_others_are_answered() {
        let lines =
            batch_from_text("{\"who\":\"ana\",\"what\":\"a:b\"}\n{oops}\n{\"who\":\"ana\"}");
        let problem = |line: &BatchLine| line.test.as_ref().err().map(ToString::to_string);
        assert_eq!(problem(&lines[0]), None);
        let oops = problem(&lines[1]).unwrap();
        assert!(oops.starts_with("this is not JSON: "), "{oops}");
        assert_eq!(problem(&lines[2]).unwrap(), "what: this is missing");
        let many = format!("who,what\n{}", "ana,secret.list\n".repeat(LINES_MAX + 5));
        let cut = batch_from_text(&many);
        assert_eq!(cut.len(), LINES_MAX + 1);
        let last = problem(cut.last().unwrap()).unwrap();
        assert!(last.contains(&LINES_MAX.to_string()), "{last}");
        let headless = batch_from_text("ana,secret.list\n");
        let headless = problem(&headless[0]).unwrap();
        assert!(headless.contains("`who` and `what`"), "{headless}");
        assert!(batch_from_text("  \n").is_empty());
    }
}
