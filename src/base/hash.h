/* A short number for bytes, the same on every machine (FNV-1a, 32 bits): for tables and digests. */
#ifndef TCPCLOSE_BASE_HASH_H
#define TCPCLOSE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_BEGIN 2166136261u /* of no bytes */

/* The hash of what came before, with these bytes behind it. */
uint32_t hash_add(uint32_t hash, const void *bytes, size_t length);

#endif
