/* Checks that the commands of --init_scripts exist. */
#ifndef TCPCLOSE_SUITE_INIT_SCRIPTS_H
#define TCPCLOSE_SUITE_INIT_SCRIPTS_H

#include "suite/script.h"

/*
 * Reports to script->diag what the shell would not find, or not run, in the folder in which the
 * script is played. Only plain names of commands are checked: the rest (a variable, a quote) is
 * left to the shell.
 */
void init_scripts_check(struct test_script *script, const struct suite_options *options);

#endif
