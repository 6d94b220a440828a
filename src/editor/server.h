/*
 * A language server. An editor sends it the scripts that are open, while they are typed, and asks
 * it what is wrong with them, what may stand at a place, what a word means, and where an included
 * file is.
 */
#ifndef TCPCLOSE_EDITOR_SERVER_H
#define TCPCLOSE_EDITOR_SERVER_H

#include <stdio.h>

/*
 * Serves an editor until it says "exit", or closes its end of `in`. Returns the exit status: 0 when
 * the editor said "shutdown" before, as the protocol wants it; otherwise 1.
 */
int editor_serve(FILE *in, FILE *out);

#endif
