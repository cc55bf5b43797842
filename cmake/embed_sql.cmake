# cmake -DOUT=FILE -P embed_sql.cmake -- FILE…: C++ source that holds the numbered scripts of db/schema/.
math(EXPR last "${CMAKE_ARGC} - 1")
set(rows "")
set(number 0)
foreach(i RANGE ${last})
  if(NOT CMAKE_ARGV${i} MATCHES "/([0-9]+)_[a-z_]+\\.sql$")
    continue()
  endif()
  math(EXPR number "${number} + 1")
  math(EXPR own "${CMAKE_MATCH_1}")
  if(NOT own EQUAL number)
    message(FATAL_ERROR "${CMAKE_ARGV${i}}: the number of the schema should be ${number}")
  endif()
  file(READ "${CMAKE_ARGV${i}}" sql)
  string(APPEND rows "    R\"sql(${sql})sql\",\n")
endforeach()
file(WRITE "${OUT}.new" "// Made of db/schema/*.sql.
#include \"db/migrations.h\"

namespace neverready::db {

const std::vector<std::string_view>& SchemaScripts() {
  static const std::vector<std::string_view> scripts{
${rows}  };
  return scripts;
}

}  // namespace neverready::db
")
file(RENAME "${OUT}.new" "${OUT}")
