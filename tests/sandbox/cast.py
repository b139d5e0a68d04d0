"""The standing cast's telephones."""

HARBOR = "+13125550100"
SAM = "+13125550111"
OLGA = "+13125550112"
CARLA = "+13125550142"
