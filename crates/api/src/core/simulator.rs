//! Commands that ask who may do what, and tests that ask it again.

use reeve_domain::rule::Subject;
use reeve_policy::catalogue::Catalogue;

use super::Core;
use crate::convert;
use crate::dto::access_map::{AccessMapAnswer, AccessMapRequest};
use crate::dto::access_test::{
    AccessTestList, BatchAnswer, BatchRequest, ExpectOfTestRequest, ExportTestsAnswer,
    ImportTestsAnswer, ImportTestsRequest, SaveTestRequest, SavedTestAnswer, TestRequest,
};
use crate::dto::cases::AnswerCasesAnswer;
use crate::dto::common::Nothing;
use crate::dto::compare::{CompareAnswer, CompareRequest};
use crate::dto::privilege::{OpenPoliciesAnswer, OpenPoliciesRequest};
use crate::dto::simulate::{SimulateAnswer, SimulateRequest};
use crate::dto::what_else::WhatElseAnswer;
use crate::dto::what_would_change::WhatWouldChangeAnswer;
use crate::dto::who_can::{WhoCanAnswer, WhoCanRequest};
use crate::error::ApiError;

impl Core {
    pub(crate) fn simulate(&self, request: SimulateRequest) -> Result<SimulateAnswer, ApiError> {
        let question = convert::simulate::question(request)?;
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let answer = self.reeve.simulate(&question)?;
        Ok(convert::simulate::answer(&answer, catalogue))
    }

    pub(crate) fn who_can(&self, request: WhoCanRequest) -> Result<WhoCanAnswer, ApiError> {
        let (question, view) = convert::who_can::question(request)?;
        Ok(convert::who_can::answer(
            self.reeve.who_can(&question, &view)?,
        ))
    }

    pub(crate) fn open_policies(
        &self,
        request: OpenPoliciesRequest,
    ) -> Result<OpenPoliciesAnswer, ApiError> {
        let edition = self.project()?.catalogue;
        let catalogue = Catalogue::of(edition);
        Ok(OpenPoliciesAnswer {
            policies: convert::privilege::opened_policies(&request.rules, edition, catalogue),
        })
    }

    pub(crate) fn answer_cases(
        &self,
        request: SimulateRequest,
    ) -> Result<AnswerCasesAnswer, ApiError> {
        let question = convert::simulate::question(request)?;
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let found = self.reeve.answer_cases(&question)?;
        Ok(convert::cases::answer(found.as_ref(), catalogue))
    }

    pub(crate) fn what_else(&self, request: SimulateRequest) -> Result<WhatElseAnswer, ApiError> {
        let question = convert::simulate::question(request)?;
        let found = self.reeve.what_else(&question)?;
        Ok(convert::simulate::what_else(&found))
    }

    pub(crate) fn what_would_change(
        &self,
        request: SimulateRequest,
    ) -> Result<WhatWouldChangeAnswer, ApiError> {
        let question = convert::simulate::question(request)?;
        let answer = self.reeve.what_would_change(&question)?;
        Ok(convert::what_would_change::answer(answer.as_ref()))
    }

    pub(crate) fn access_map(
        &self,
        request: AccessMapRequest,
    ) -> Result<AccessMapAnswer, ApiError> {
        let question = convert::simulate::question(request.question)?;
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let subject = Subject::from(request.subject);
        let map = self.reeve.access_map(&question, &subject)?;
        Ok(convert::access_map::answer(&map, catalogue))
    }

    pub(crate) fn compare(&self, request: CompareRequest) -> Result<CompareAnswer, ApiError> {
        let left = convert::simulate::question(request.left)?;
        let right = convert::simulate::question(request.right)?;
        Ok(convert::compare::answer(
            &self.reeve.compare(&left, &right)?,
        ))
    }

    pub(crate) fn access_tests(&self, _: Nothing) -> Result<AccessTestList, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let runs = self.reeve.access_tests()?;
        Ok(convert::access_test::list(&runs, catalogue))
    }

    pub(crate) fn simulate_batch(&self, request: BatchRequest) -> Result<BatchAnswer, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let rows = self.reeve.run_batch(&request.text)?;
        Ok(convert::access_test::batch(&rows, catalogue))
    }

    pub(crate) fn save_test(&self, request: SaveTestRequest) -> Result<SavedTestAnswer, ApiError> {
        let question = convert::simulate::question(request.question)?;
        let expect = convert::access_test::expected(request.expect);
        let id = self.reeve.save_test(&request.name, &question, expect)?;
        Ok(SavedTestAnswer { id })
    }

    pub(crate) fn expect_of_test(&self, request: ExpectOfTestRequest) -> Result<Nothing, ApiError> {
        let expect = convert::access_test::expected(request.expect);
        self.reeve.expect_of_test(&request.id, expect)?;
        Ok(Nothing {})
    }

    pub(crate) fn remove_test(&self, request: TestRequest) -> Result<Nothing, ApiError> {
        self.reeve.remove_test(&request.id)?;
        Ok(Nothing {})
    }

    pub(crate) fn import_tests(
        &self,
        request: ImportTestsRequest,
    ) -> Result<ImportTestsAnswer, ApiError> {
        let added = self.reeve.import_tests(&request.text)?;
        Ok(convert::access_test::imported(added))
    }

    pub(crate) fn export_tests(&self, _: Nothing) -> Result<ExportTestsAnswer, ApiError> {
        Ok(ExportTestsAnswer {
            text: self.reeve.export_tests()?,
        })
    }
}
