/*
 * A language server: an editor sends the scripts that are open, as they are typed, and is told what
 * is wrong with them, what may stand where, what a word means, and where an included file is.
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
