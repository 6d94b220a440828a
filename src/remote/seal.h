/*
 * What makes messages between two hosts trustworthy: a key that both have in a file, and
 * HMAC-SHA256 (RFC 2104), which libcrypto computes.
 */
#ifndef TCPCLOSE_REMOTE_SEAL_H
#define TCPCLOSE_REMOTE_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum { SEAL_BYTES = 32, NONCE_BYTES = 32, KEY_LEAST = 16, KEY_MOST = 4096 };

struct wire_key {
	uint8_t bytes[KEY_MOST];
	size_t length;
};

/*
 * Reads the key file: at least KEY_LEAST and at most KEY_MOST bytes, which nobody but its owner may
 * read. Also loads libcrypto.
 */
bool wire_key_read(const char *path, struct wire_key *key, char error[FAULT_TEXT]);

/* The HMAC-SHA256 of the bytes. wire_key_read() must have succeeded before. */
void seal_make(const uint8_t *key, size_t key_length, const uint8_t *bytes, size_t length,
               uint8_t seal[SEAL_BYTES]);

/* Compares two seals in a time that tells nothing about where they differ. */
bool seal_equal(const uint8_t a[SEAL_BYTES], const uint8_t b[SEAL_BYTES]);

#endif
