"""What is said when an app's request for access cannot be answered."""

WORDS = {
    "title": ("This app cannot be connected", "यह ऐप नहीं जोड़ा जा सका"),
    "bad_client": (
        "The app did not introduce itself correctly, so it was sent nothing. Connect it again from the app.",
        "ऐप ने अपनी पहचान ठीक से नहीं दी, इसलिए उसे कुछ नहीं भेजा गया। ऐप पर लौटें और उसे फिर से जोड़ें।",
    ),
    "bad_redirect": (
        "The app asked us to answer at an address that it has not registered, so nothing was sent to it.",
        "ऐप ने ऐसे पते पर जवाब माँगा जो उसने दर्ज नहीं किया है, इसलिए उसे कुछ नहीं भेजा गया।",
    ),
    "expired": (
        "This request has expired, has been answered, or was opened by somebody else. Connect the app again.",
        "यह अनुरोध समाप्त हो चुका है, इसका जवाब दिया जा चुका है, या इसे किसी और ने खोला है। ऐप फिर से जोड़ें।",
    ),
    "stale": (
        "This answer did not come from our own page, or the page is too old. Connect the app again.",
        "यह जवाब हमारे पन्ने से नहीं आया, या पन्ना बहुत पुराना है। ऐप पर लौटें और उसे फिर से जोड़ें।",
    ),
    "for_developers": ("For developers", "डेवलपर के लिए"),
    "home": ("Go to 360 Ghar", "360 घर पर जाएँ"),
}
