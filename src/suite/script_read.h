/* A script is read: parsed, its options and requirements looked at, its length known. */
#ifndef TCPCLOSE_SUITE_SCRIPT_READ_H
#define TCPCLOSE_SUITE_SCRIPT_READ_H

#include "suite/script.h"

/*
 * Parses a file, which it becomes a user of; of a table of cases the row `index`, below
 * script->case_count. Errors are in script->diag; the script then has but one family, and one case
 * when the table is wrong.
 */
struct test_script *test_script_read(struct script_file *file, size_t index,
                                     const struct suite_options *options);

#endif
