/* --init_scripts: are they there? */
#ifndef TCPCLOSE_SUITE_INIT_SCRIPTS_H
#define TCPCLOSE_SUITE_INIT_SCRIPTS_H

#include "suite/script.h"

/*
 * Reports, in script->diag, what the shell would not find or not run, in the folder in which the
 * script is played. What more than a command's name tells (a variable, a quote) is the shell's.
 */
void init_scripts_check(struct test_script *script, const struct suite_options *options);

#endif
