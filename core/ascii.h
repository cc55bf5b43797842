// Classes of ASCII characters, independent of the locale. Pure.
#ifndef NEVERREADY_CORE_ASCII_H_
#define NEVERREADY_CORE_ASCII_H_

namespace neverready::core {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
inline bool IsLetter(char c) { return IsUpper(c) || IsLower(c); }
inline bool IsAlnum(char c) { return IsDigit(c) || IsLetter(c); }
inline bool IsLowerHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); }
inline bool IsBase64(char c) { return IsAlnum(c) || c == '+' || c == '/'; }
inline bool IsWordChar(char c) { return IsAlnum(c) || c == '_' || c == '-'; }
inline bool IsDottedChar(char c) { return IsWordChar(c) || c == '.'; }
inline bool IsBlank(char c) { return c == ' ' || c == '\t'; }
inline bool IsSpace(char c) { return IsBlank(c) || c == '\n' || c == '\r'; }
inline bool IsQuote(char c) { return c == '"' || c == '\'' || c == '`'; }

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_ASCII_H_
