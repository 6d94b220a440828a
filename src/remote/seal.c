#include "remote/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/library.h"

static const void *(*sha256)(void);
static unsigned char *(*hmac)(const void *hash, const void *key, int key_length,
                              const unsigned char *bytes, size_t length, unsigned char *seal,
                              unsigned *seal_length);

static const struct library_function functions[] = {
	{ "EVP_sha256", &sha256 },
	{ "HMAC", &hmac },
};

static struct library libcrypto = { "libcrypto.so.3", functions, 2, false };

static bool key_load(int fd, const char *path, struct wire_key *key, char *error)
{
	struct stat file;
	uint8_t bytes[KEY_MOST + 1];
	ssize_t length;

	if (fstat(fd, &file) < 0 || !S_ISREG(file.st_mode))
		return fault_say(FAULT_BROKEN, error, "the key %s is not a file", path), false;
	if (file.st_mode & (S_IRWXG | S_IRWXO))
		return fault_say(FAULT_BROKEN, error,
		                 "others than its owner may use the key file %s: chmod 600 %s",
		                 path, path),
		       false;
	length = read(fd, bytes, sizeof(bytes));
	if (length < KEY_LEAST || length > KEY_MOST)
		return fault_say(FAULT_BROKEN, error, "the key file %s must have %d to %d bytes",
		                 path, KEY_LEAST, KEY_MOST),
		       false;
	memcpy(key->bytes, bytes, (size_t)length);
	key->length = (size_t)length;
	return true;
}

bool wire_key_read(const char *path, struct wire_key *key, char error[FAULT_TEXT])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool good;

	if (fd < 0)
		return fault_say(FAULT_BROKEN, error, "the key file %s: %s", path, strerror(errno)),
		       false;
	good = key_load(fd, path, key, error);
	close(fd);
	return good && library_load(&libcrypto, error);
}

void seal_make(const uint8_t *key, size_t key_length, const uint8_t *bytes, size_t length,
               uint8_t seal[SEAL_BYTES])
{
	unsigned size = SEAL_BYTES;

	hmac(sha256(), key, (int)key_length, bytes, length, seal, &size);
}

bool seal_equal(const uint8_t a[SEAL_BYTES], const uint8_t b[SEAL_BYTES])
{
	unsigned differ = 0;

	for (size_t i = 0; i < SEAL_BYTES; i++)
		differ |= a[i] ^ b[i];
	return !differ;
}
