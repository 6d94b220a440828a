/* The command that runs a test again: in the report, and in rerun.sh among the artifacts. */
#ifndef TCPCLOSE_SUITE_RERUN_H
#define TCPCLOSE_SUITE_RERUN_H

#include "suite/options.h"
#include "suite/test.h"

/* Notes an option of the command line that a test's outcome depends on. `value` may be NULL. */
void rerun_add(struct suite_options *options, struct arena *arena, const char *name,
               const char *value);

/* Beginning with the program's name, as a shell reads it. In test->arena. */
const char *rerun_command(const struct test *test, const struct suite_options *options);

#endif
