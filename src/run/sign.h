/* "md5 valid": the digest of a segment with the key of --tcp_md5_secret (RFC 2385). */
#ifndef TCPCLOSE_RUN_SIGN_H
#define TCPCLOSE_RUN_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "program/settings.h"
#include "run/connection.h"

/* Writes the digest of the segment into the MD5 option among `options`. */
void sign(const struct settings *settings, const struct live_segment *live, uint8_t *options,
          size_t length);

#endif
