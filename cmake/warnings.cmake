# Warnings for our own code only.
add_library(nr_warnings INTERFACE)
target_compile_options(nr_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wunused)
if(NEVERREADY_WERROR)
  target_compile_options(nr_warnings INTERFACE -Werror)
endif()
