/*
 * A language server. An editor sends it the scripts that are open, while they are typed, and asks
 * it what is wrong with them, what may stand at a place, what a word means, and where an included
 * file is.
 */
#ifndef TCPCLOSE_EDITOR_SERVER_H
#define TCPCLOSE_EDITOR_SERVER_H

#include <stdio.h>

#include "script/defines.h"

/*
 * `given`: the words of the command line, and its folders for included files.
 * Serves one editor until it says "exit", or its end of `in` is closed. Returns the exit status:
 * 0 when "shutdown" came before, as the protocol wants it, else 1.
 */
int editor_serve(FILE *in, FILE *out, const struct defines *given);

#endif
