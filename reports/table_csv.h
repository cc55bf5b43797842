// A table as CSV, for spreadsheets and for programs that read nothing else
// (https://www.rfc-editor.org/rfc/rfc4180). Pure, thread-safe.
//
// The head holds the columns' names; each row is a record. What holds a comma, a quote or a newline stands in
// quotes, a quote inside them twice. Records end with \n, not with RFC 4180's \r\n: whatever reads CSV takes
// both, and cut, awk and sort would find the \r in the last column. Times are RFC 3339, durations seconds,
// shares 0 to 1. No value is an empty field, as an empty text is. Texts are made safe as for a terminal:
// controls are gone, a tab is a blank, hidden characters are U+FFFD.
//
// No text is a formula. Where one would begin (= + - @ and their full-width forms, whatever blanks or quotes
// stand before) a ' comes first: at the start of the field, and inside it behind a semicolon or a newline,
// because a spreadsheet set to semicolons begins a field there. A text that is a number ("-5", "+1.5e3") has
// no need of it and stays.
#ifndef NEVERREADY_REPORTS_TABLE_CSV_H_
#define NEVERREADY_REPORTS_TABLE_CSV_H_

#include <string>

#include "core/local_time.h"
#include "core/table.h"

namespace neverready::reports {

// A head without a row for an empty table. Ends with a newline.
std::string TableToCsv(const core::Table& table, core::Zone zone);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_TABLE_CSV_H_
