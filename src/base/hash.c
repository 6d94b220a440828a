#include "base/hash.h"

uint32_t hash_add(uint32_t hash, const void *bytes, size_t length)
{
	for (const unsigned char *byte = bytes; length; length--)
		hash = (hash ^ *byte++) * 16777619u;
	return hash;
}
