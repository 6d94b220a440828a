/* The command that plays a test again, for the report and for rerun.sh among the artifacts. */
#ifndef TCPCLOSE_SUITE_RERUN_H
#define TCPCLOSE_SUITE_RERUN_H

#include "suite/options.h"
#include "suite/test.h"

/*
 * Notes an option of the command line on which the result of a test depends. `value` may be NULL.
 * `here`: it names a file of this machine.
 */
void rerun_add(struct suite_options *options, struct arena *arena, const char *name,
               const char *value, bool here);

/* A word, quoted for the shell. */
const char *rerun_quoted(struct arena *arena, const char *word);

/*
 * The options without the kernel of a guest, and without those that name a file of this machine: "
 * --ip_version=ipv6". In test->arena.
 */
const char *rerun_options(const struct test *test, const struct suite_options *options);

/* The command, beginning with the program's name, quoted for the shell. In test->arena. */
const char *rerun_command(const struct test *test, const struct suite_options *options);

#endif
