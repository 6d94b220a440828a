/* The command that runs a test again: in the report, and in rerun.sh among the artifacts. */
#ifndef TCPCLOSE_SUITE_RERUN_H
#define TCPCLOSE_SUITE_RERUN_H

#include "suite/options.h"
#include "suite/test.h"

/*
 * Notes an option of the command line that a test's outcome depends on. `value` may be NULL;
 * `here`:
 * it names a file of this machine.
 */
void rerun_add(struct suite_options *options, struct arena *arena, const char *name,
               const char *value, bool here);

/* A word as the shell reads it back. */
const char *rerun_quoted(struct arena *arena, const char *word);

/*
 * The options without those that are of this machine, and without kernel: " --ip_version=ipv6". In
 * test->arena.
 */
const char *rerun_options(const struct test *test, const struct suite_options *options);

/* Beginning with the program's name, as a shell reads it. In test->arena. */
const char *rerun_command(const struct test *test, const struct suite_options *options);

#endif
