/*
 * Messages of the Language Server Protocol: a header with the length, and JSON (JSON-RPC 2.0). See
 * the protocol's "Base Protocol".
 */
#ifndef TCPCLOSE_EDITOR_MESSAGES_H
#define TCPCLOSE_EDITOR_MESSAGES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/json.h"

enum { MESSAGE_MAX = 64 << 20 }; /* bytes; a longer one is refused */

enum message_end {
	MESSAGE_READ,
	MESSAGE_NO_JSON, /* a message that is not understood; the next one can be read */
	MESSAGE_OVER,    /* the input has ended, or what comes is no message at all */
};

/* Reads one; *message is the caller's, and NULL unless it is MESSAGE_READ. */
enum message_end message_read(FILE *in, json_t **message);

/* Writes one, and gives it back. False when that was not possible. */
bool message_write(FILE *out, json_t *message);

#endif
