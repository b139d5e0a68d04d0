"""The REST API businesses use, shaped as the vendor's `2010-04-01` API."""
