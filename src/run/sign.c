#include "run/sign.h"

#include "wire/tcp_md5.h"

void sign(const struct settings *settings, const struct live_segment *live, uint8_t *options,
          size_t length)
{
	uint8_t digest[TCP_MD5_BYTES];

	tcp_md5_digest(&live->segment, settings->md5_secret, digest);
	tcp_md5_put(options, length, digest);
}
