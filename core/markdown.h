// Text of any origin inside Markdown as GitHub and CommonMark read it. Pure functions, thread-safe.
#ifndef NEVERREADY_CORE_MARKDOWN_H_
#define NEVERREADY_CORE_MARKDOWN_H_

#include <string>
#include <string_view>

namespace neverready::core {

// `text` as words within a line, at its beginning, or in the cell of a table: whatever it holds, it is read
// as text. It opens no emphasis, code, link, image, HTML, formula, heading, list or cell, becomes no link of
// its own (addresses, mail), pings nobody (@name) and refers to no issue (#12, GH-12). Where GitHub looks at
// the text after it took Markdown out, a zero-width space (&#8203;) parts what it looks for. Newlines and
// runs of blanks become one blank; controls are removed as by SafeForTerminal. Valid UTF-8, without newlines.
std::string EscapeMarkdown(std::string_view text);

// A fenced block with a newline at its end; the fence is longer than any run of backticks inside, so that the
// text cannot close it. `language` is the caller's own word ("text", "sh"). Controls are removed as by
// SafeForTerminal, newlines stay.
std::string CodeBlock(std::string_view text, std::string_view language);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_MARKDOWN_H_
