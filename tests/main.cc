// The test program starts at the root of the source tree, so that tests name their files as a reader would:
// examples/….
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

int main(int argc, char* argv[]) {
  std::error_code error;
  std::filesystem::current_path(NEVERREADY_ROOT, error);
  if (error) {
    std::cerr << "nr_tests: cannot enter " << NEVERREADY_ROOT << ": " << error.message() << '\n';
    return EXIT_FAILURE;
  }
  return Catch::Session().run(argc, argv);
}
