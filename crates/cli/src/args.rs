//! The arguments of the command line.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand, ValueEnum};
use reeve_domain::project::{CatalogueEdition, Semantics};

/// Answers questions about access in Infisical projects, exactly as the server would.
#[derive(Debug, Parser)]
#[command(name = "reeve", version, propagate_version = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say whether an action is allowed, and why
    ///
    /// The exit code is 0 if it is allowed, 1 if it is denied, 2 if the server would fail, if nobody
    /// can know, or if the question makes no sense. A stream ends with 0 whatever its answers are.
    Check(Box<Check>),
    /// Say whether values match a glob, as the server matches them
    ///
    /// The exit code is 0 if all match, 1 if one does not, 2 if the server would fail or nobody can
    /// know.
    Glob(Glob),
    /// Say what the server refuses about rules, what it strips, and what can never apply
    ///
    /// The exit code is 0 if nothing is refused or dangerous, 1 otherwise, 2 if a file holds no
    /// rules.
    Validate(Validate),
    /// Say exactly how what two sets of rules mean differs, over all that can be asked
    ///
    /// The exit code is 0 if the same is allowed, 1 if the second is narrower, 3 if it is wider, 4 if
    /// each allows what the other does not, 2 if that could not be proven or something is wrong.
    Diff(Diff),
    /// Say what an actor may not hand out, on servers that compare what it holds with what it gives
    ///
    /// The exit code is 0 if it may hand out everything, 1 otherwise, 2 if the server would fail or
    /// nobody can know.
    Boundary(Boundary),
    /// Run files of tests: what somebody may or may not do
    ///
    /// The exit code is 0 if all pass, 1 if one fails, 2 if a file holds no tests or a question
    /// cannot be asked.
    Test(Test),
    /// Bring a project from its server into a workspace file
    ///
    /// Credentials come from the environment, `REEVE_CLIENT_ID` with `REEVE_CLIENT_SECRET`, or
    /// `REEVE_TOKEN`; without them from the keyring, over a connection that was made in the app. The
    /// exit code is 0 if everything was pulled, 1 if it was pulled but something could not be seen, 2
    /// if nothing was changed because it failed.
    Pull(Pull),
    /// Compare the access in a linked workspace with the server's own account of it
    ///
    /// Credentials are found as for `pull`. The exit code is 0 if all agree, 1 if some do not, 2 if
    /// the server did not tell or the comparison failed, 3 if it tells nothing only of some who are
    /// in through groups.
    Verify(Verify),
}

/// Files of tests, and what they are about.
#[derive(Debug, clap::Args)]
pub struct Test {
    /// Files of tests, usually `*.reeve.yaml`
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// The workspace whose members and roles the tests name; without one, tests can only be about
    /// rules that stand in them or in files beside them
    #[arg(long, value_name = "FILE")]
    pub workspace: Option<PathBuf>,

    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// A question about an action, or a stream of them.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["rules", "workspace", "batch"]))]
pub struct Check {
    /// A file with a list of rules as JSON; `-` is standard input
    #[arg(long, value_name = "FILE", requires = "action", requires = "subject")]
    pub rules: Option<PathBuf>,

    /// A workspace file; the question is then about one of its members
    #[arg(
        long,
        value_name = "FILE",
        requires = "member",
        requires = "action",
        requires = "subject"
    )]
    pub workspace: Option<PathBuf>,

    /// The member: its id, e-mail address, or name if only one has it
    #[arg(long, requires = "workspace")]
    pub member: Option<String>,

    /// What is done, such as `readValue`
    #[arg(long)]
    pub action: Option<String>,

    /// What it is done to, such as `secrets`
    #[arg(long)]
    pub subject: Option<String>,

    /// Where: the parts of a secret or folder. With none of them, the question is "anywhere?"
    #[command(flatten)]
    pub place: Place,

    /// All attributes as a JSON object, instead of the parts; `{}` is a thing without attributes
    #[arg(long, value_name = "JSON", conflicts_with_all = ["environment", "path", "name", "tag", "no_tags"])]
    pub attributes: Option<String>,

    /// How the server orders rules. A stream's lines about bare rules have `last-match` unless this
    /// or the line says otherwise, everything else `forbid-wins`
    #[arg(long, value_enum, conflicts_with = "workspace")]
    pub profile: Option<Profile>,

    /// The instant of the question, such as `2026-01-31T12:00:00Z`; now if left out
    #[arg(long, value_name = "INSTANT")]
    pub at: Option<DateTime<Utc>>,

    /// Show every rule that was looked at, and why it counted or not
    #[arg(long, conflicts_with = "batch")]
    pub explain: bool,

    /// Answer as JSON
    #[arg(long, conflicts_with = "batch")]
    pub json: bool,

    /// Answer a stream of questions, one JSON object a line, from a file or `-`
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-",
          conflicts_with_all = ["member", "action", "subject", "environment", "path", "name", "tag", "no_tags", "attributes", "at"])]
    pub batch: Option<PathBuf>,
}

/// The parts of a secret or folder.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// The environment's slug
    #[arg(long, value_name = "SLUG")]
    pub environment: Option<String>,

    /// The folder's path, such as `/app/db`
    #[arg(long)]
    pub path: Option<String>,

    /// The secret's name
    #[arg(long)]
    pub name: Option<String>,

    /// A tag of the secret; may be given several times
    #[arg(long, value_name = "SLUG")]
    pub tag: Vec<String>,

    /// The secret has no tags, which is not the same as not saying
    #[arg(long, conflicts_with = "tag")]
    pub no_tags: bool,
}

/// A pattern and values, or a stream of them.
#[derive(Debug, clap::Args)]
pub struct Glob {
    /// The pattern
    #[arg(required_unless_present = "batch")]
    pub pattern: Option<String>,

    /// The values
    #[arg(required_unless_present = "batch", allow_hyphen_values = true)]
    pub values: Vec<String>,

    /// Answer a stream of `{"pattern": …, "path": …}`, one a line, from a file or `-`
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-",
          conflicts_with_all = ["pattern", "values"])]
    pub batch: Option<PathBuf>,
}

/// Files with rules, or a stream of lists.
#[derive(Debug, clap::Args)]
pub struct Validate {
    /// Files with a list of rules as JSON, or an object with such a list in `permissions`; `-` is
    /// standard input
    #[arg(value_name = "FILE", required_unless_present = "batch")]
    pub files: Vec<PathBuf>,

    /// Which server: the first permission system, or today's
    #[arg(long, value_enum, default_value_t = Edition::Current)]
    pub catalogue: Edition,

    /// Answer as JSON
    #[arg(long, conflicts_with = "batch")]
    pub json: bool,

    /// Answer a stream of `{"permissions": […]}`, one a line, from a file or `-`
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-",
          conflicts_with = "files")]
    pub batch: Option<PathBuf>,
}

/// What is held and what is to be handed out, or a stream of both.
#[derive(Debug, clap::Args)]
pub struct Boundary {
    /// A file with the rules the actor holds
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "batch",
        requires = "subset"
    )]
    pub parent: Option<PathBuf>,

    /// A file with the rules it wants to hand out
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "batch",
        requires = "parent"
    )]
    pub subset: Option<PathBuf>,

    /// How the server orders rules
    #[arg(long, value_enum, default_value_t = Profile::ForbidWins)]
    pub profile: Profile,

    /// Answer as JSON
    #[arg(long, conflicts_with = "batch")]
    pub json: bool,

    /// Answer a stream of `{"parent": […], "subset": […]}`, one a line, from a file or `-`
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-",
          conflicts_with_all = ["parent", "subset"])]
    pub batch: Option<PathBuf>,
}

/// Two sets of rules, and what they are compared over.
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// What to compare: a file with rules (`-` is standard input), `role:SLUG`, or `member:WHO`,
    /// which is an id, an e-mail address or a name
    #[arg(value_name = "A")]
    pub a: String,

    /// What to compare it with; the same at another instant or under another profile if left out
    #[arg(value_name = "B", required_unless_present_any = ["at_b", "profile_b"])]
    pub b: Option<String>,

    /// The workspace with the roles and members; without one, `role:` names a predefined role
    #[arg(long, value_name = "FILE")]
    pub workspace: Option<PathBuf>,

    /// All environments that there can be, separated by commas; those of the workspace if left out
    #[arg(
        long,
        value_name = "SLUGS",
        value_delimiter = ',',
        conflicts_with = "open"
    )]
    pub environments: Vec<String>,

    /// Reckon with any environment, also those that may be made one day
    #[arg(long)]
    pub open: bool,

    /// The instant for which A is asked, and B unless `--at-b` says otherwise; now if left out
    #[arg(long, value_name = "INSTANT", requires = "workspace")]
    pub at: Option<DateTime<Utc>>,

    /// The instant for which B is asked
    #[arg(long, value_name = "INSTANT", requires = "workspace")]
    pub at_b: Option<DateTime<Utc>>,

    /// How the server of A orders rules, and that of B unless `--profile-b` says otherwise; as the
    /// server of the workspace does if left out, or else `forbid-wins`
    #[arg(long, value_enum)]
    pub profile: Option<Profile>,

    /// How the server of B orders rules
    #[arg(long, value_enum)]
    pub profile_b: Option<Profile>,

    /// Which server, where there is no workspace to say so
    #[arg(long, value_enum, default_value_t = Edition::Current, conflicts_with = "workspace")]
    pub catalogue: Edition,

    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// How a server orders rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Profile {
    /// Any Forbid that matches denies; servers since February 2026
    ForbidWins,
    /// The last rule that matches decides; servers before
    LastMatch,
}

impl Profile {
    /// The judge's word for it.
    pub fn semantics(self) -> Semantics {
        match self {
            Self::ForbidWins => Semantics::ForbidWins,
            Self::LastMatch => Semantics::LastMatch,
        }
    }

    /// Reads the name that lines of a stream use.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "forbid-wins" => Some(Self::ForbidWins),
            "last-match" => Some(Self::LastMatch),
            _ => None,
        }
    }
}

/// Which subjects, actions and conditions the server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Edition {
    /// The first permission system with 27 subjects
    Seed,
    /// Today's
    Current,
}

impl Edition {
    /// The catalogue's word for it.
    pub fn edition(self) -> CatalogueEdition {
        match self {
            Self::Seed => CatalogueEdition::Seed,
            Self::Current => CatalogueEdition::Current,
        }
    }
}

/// How to reach a server.
#[derive(Debug, clap::Args)]
pub struct Reach {
    /// Where the server is, such as `https://eu.infisical.com`; for credentials of the environment
    #[arg(long, value_name = "URL", env = "REEVE_URL")]
    pub url: Option<String>,

    /// A PEM file with certificates of an own authority
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,

    /// The connection to use, by its name; the one that the workspace names if left out
    #[arg(long, value_name = "NAME")]
    pub connection: Option<String>,
}

/// A pull.
#[derive(Debug, clap::Args)]
pub struct Pull {
    /// The workspace file; it is made if it is not there
    #[arg(value_name = "WORKSPACE")]
    pub workspace: PathBuf,

    /// The project's id on the server, for a new workspace
    #[arg(long, value_name = "ID")]
    pub project: Option<String>,

    /// How to reach the server.
    #[command(flatten)]
    pub reach: Reach,

    /// Do not read the names of secrets of a new workspace
    #[arg(long)]
    pub no_secret_names: bool,

    /// Ask everything again, also what the server says has not changed
    #[arg(long)]
    pub everything: bool,

    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// A comparison.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The linked workspace file
    #[arg(value_name = "WORKSPACE")]
    pub workspace: PathBuf,

    /// Only this member: its id, e-mail address, or name if only one has it
    #[arg(long)]
    pub member: Option<String>,

    /// How to reach the server.
    #[command(flatten)]
    pub reach: Reach,

    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}
