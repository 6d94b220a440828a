/* Reads a script: parses it, checks its options and requirements, and computes its length. */
#ifndef TCPCLOSE_SUITE_SCRIPT_READ_H
#define TCPCLOSE_SUITE_SCRIPT_READ_H

#include "suite/script.h"

/*
 * Parses a file, of which the script becomes a user. Of a table of cases it takes the row `index`,
 * which must be below script->case_count. Errors are in script->diag; then the script has only one
 * family, and only one case when the table is wrong.
 */
struct test_script *test_script_read(struct script_file *file, size_t index,
                                     const struct suite_options *options);

#endif
