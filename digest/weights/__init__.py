"""The weights of models: which there are, where they lie on this machine, how they come here, how they travel.

`table` knows what can be fetched, `places` where a model lies, `download` alone speaks with a network, `fetching`
brings a model here whole or not at all, `archive` packs models for machines that never see a network.
"""
