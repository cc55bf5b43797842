// The analysis as Markdown, to be pasted into a pull request, an issue or a post-mortem, or shown as the
// summary of a step of GitHub Actions. Whatever the log says, it opens no link, pings nobody and breaks no
// table. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_MARKDOWN_H_
#define NEVERREADY_REPORTS_MARKDOWN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "analyzers/diagnosis.h"
#include "reports/json.h"

namespace neverready::reports {

struct MarkdownOptions {
  // Bytes of the whole; 0 is without limit. Sections and rows that do not fit are left out as a whole and
  // counted at the end; at least 1,024 are used.
  std::size_t max_bytes = 0;
};

// A title, a section for each revision that is not simply ready, a table of the others. Says so where there
// is nothing to diagnose. Long texts of the log are cut to 2,000 characters. Ends with a newline.
std::string ToMarkdown(const InputSummary& input, const std::vector<analyzers::Diagnosis>& diagnoses,
                       const MarkdownOptions& options = {});

// The section of one revision; ends with an empty line.
std::string ToMarkdownSection(const analyzers::Diagnosis& diagnosis);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_MARKDOWN_H_
