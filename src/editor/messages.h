/*
 * Reads and writes messages of the Language Server Protocol: a header with the length, and JSON
 * (JSON-RPC 2.0). See "Base Protocol" in its specification.
 */
#ifndef TCPCLOSE_EDITOR_MESSAGES_H
#define TCPCLOSE_EDITOR_MESSAGES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/json.h"

enum { MESSAGE_MAX = 64 << 20 }; /* bytes; a longer message is refused */

enum message_end {
	MESSAGE_READ,
	MESSAGE_NO_JSON, /* the message is not JSON; the next one can be read */
	MESSAGE_OVER,    /* the input has ended */
	/* It does not say how long it is, or is too long: nothing behind it can be found. */
	MESSAGE_LOST,
};

/* Reads a message. *message belongs to the caller; it is NULL unless the result is MESSAGE_READ. */
enum message_end message_read(FILE *in, json_t **message);

/* Writes a message and releases it. Returns false when it could not be written. */
bool message_write(FILE *out, json_t *message);

#endif
