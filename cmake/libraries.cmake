# Debian 12 packages; script/bootstrap installs them.
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
find_package(simdjson REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
# Optional: the program allocates much and little at a time, on several threads.
find_library(NR_MIMALLOC mimalloc)
# libexpected-dev is one header in the system's include path.
add_library(nr_expected INTERFACE)
find_path(NR_EXPECTED_INCLUDE tl/expected.hpp REQUIRED)
